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
            | "share this"
            | "share this article"
            | "share this page"
            | "share"
            | "share on"
            | "share this story"
            | "tags"
            | "newsletter"
            | "subscribe"
            | "comments"
            | "leave a reply"
            | "leave a comment"
            | "archives"
            | "categories"
            | "other events"
            | "upcoming events"
            | "past events"
            | "quick links"
            | "follow us"
            | "contents"
            | "on this page"
    )
}

/// Whether these words are a notice of cookies, rights or scripts, or a call to share the page.
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
    cookies || rights || script || share
}
