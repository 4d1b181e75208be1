//! Words of a page that are in no announcement, in whatever element they stand.

/// Whether these words, in lower case, are the heading of teasers, below which nothing of the announcement follows.
pub(super) fn is_teaser_heading(words: &str) -> bool {
    matches!(
        words,
        "related news"
            | "related articles"
            | "related stories"
            | "related posts"
            | "related content"
            | "related links"
            | "related"
            | "related pages"
            | "related items"
            | "in other news"
            | "other news"
            | "more news"
            | "latest news"
            | "latest"
            | "latest stories"
            | "latest posts"
            | "recent posts"
            | "recent news"
            | "you may also like"
            | "you might also like"
            | "you may also be interested in"
            | "read also"
            | "also read"
            | "read next"
            | "see also"
            | "most read"
            | "most popular"
            | "popular posts"
            | "trending"
            | "trending now"
            | "recommended"
            | "recommended for you"
            | "more stories"
            | "more from this section"
            | "more on this topic"
            | "more like this"
            | "comments"
            | "leave a reply"
            | "leave a comment"
            | "archives"
            | "categories"
            | "other events"
            | "upcoming events"
            | "past events"
            | "quick links"
            | "more posts"
            | "most viewed"
            | "read more"
            | "keep reading"
            | "other articles"
            | "further reading on this site"
            | "weitere meldungen"
            | "weitere nachrichten"
            | "weitere artikel"
            | "mehr zum thema"
            | "das könnte sie auch interessieren"
            | "verwandte artikel"
            | "à lire aussi"
            | "lire aussi"
            | "articles liés"
            | "sur le même sujet"
            | "noticias relacionadas"
            | "también le puede interesar"
            | "te puede interesar"
            | "lo más leído"
            | "notícias relacionadas"
            | "leia também"
            | "leggi anche"
            | "articoli correlati"
            | "lees ook"
            | "zobacz także"
            | "читайте также"
    ) || is_box_title(words)
}

/// Whether these words, in lower case, are the title of a box in the midst of the text, behind which it goes on.
pub(super) fn is_box_title(words: &str) -> bool {
    matches!(
        words,
        "share"
            | "share this"
            | "share this article"
            | "share this page"
            | "share this story"
            | "share on"
            | "tags"
            | "newsletter"
            | "subscribe"
            | "follow us"
            | "contents"
            | "on this page"
            | "advertisement"
            | "sponsored"
            | "teilen"
            | "partager"
            | "compartir"
            | "anzeige"
            | "publicité"
            | "publicidad"
    )
}

/// Whether these words are a notice of cookies, rights, scripts or whoever maintains the page, or ask to share the page or
/// to subscribe to a letter.
pub(super) fn is_boilerplate(words: &str) -> bool {
    let lower = words.to_lowercase();
    let cookies = lower.contains("cookies")
        && lower.len() <= 600
        && [
            "website uses",
            "site uses",
            "we use",
            "help us",
            "by continuing",
            "our use",
            "consent",
            "accept",
            "partners use",
        ]
        .iter()
        .any(|w| lower.contains(w));
    let rights =
        lower.len() <= 120 && (lower.starts_with("all rights reserved") || lower.ends_with("all rights reserved."));
    let script = lower.starts_with("please enable javascript") || lower.starts_with("javascript is disabled");
    let share = lower.len() <= 80
        && (lower.starts_with("share on ") || lower.starts_with("share this") || lower.starts_with("tags:"));
    let webmaster = lower.len() <= 200
        && (lower.contains("visitor number")
            || ["page maintained", "this page is maintained", "last update", "last changed", "last modified"]
                .iter()
                .any(|start| lower.starts_with(start)));
    let print = lower.starts_with("a version of this article appears in print");
    let letter = lower.len() <= 200
        && ["your inbox", "sign up to receive", "sign up for our", "subscribe to our", "subscribe to receive"]
            .iter()
            .any(|words| lower.contains(words));
    cookies || rights || script || share || webmaster || print || letter
}
