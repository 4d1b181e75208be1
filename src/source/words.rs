//! The few words that show how a text is laid out: what a line cannot end with, kinds of text, navigation.

/// True if the text goes on behind this word: a preposition, an article, a conjunction, an ordinal.
pub(super) fn goes_on(word: &str) -> bool {
    let word = word.trim_start_matches(['(', '"', '\'']).to_lowercase();
    let ordinal =
        word.strip_suffix(["st", "nd", "rd", "th"].iter().find(|s| word.ends_with(**s)).copied().unwrap_or("-"));
    matches!(
        word.as_str(),
        "a" | "an"
            | "the"
            | "of"
            | "on"
            | "in"
            | "at"
            | "for"
            | "from"
            | "to"
            | "with"
            | "by"
            | "and"
            | "or"
            | "as"
            | "&"
            | "und"
            | "der"
            | "die"
            | "das"
            | "für"
            | "et"
            | "de"
            | "la"
            | "le"
            | "des"
            | "du"
            | "y"
            | "el"
            | "del"
            | "e"
            | "first"
            | "second"
            | "third"
            | "fourth"
            | "fifth"
            | "sixth"
            | "seventh"
            | "eighth"
            | "ninth"
            | "tenth"
            | "international"
            | "annual"
            | "between"
            | "during"
            | "before"
            | "after"
            | "about"
            | "into"
            | "its"
            | "their"
            | "our"
            | "that"
            | "which"
            | "is"
            | "are"
            | "be"
            | "was"
            | "were"
            | "will"
            | "than"
    ) || ordinal.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// True if a line that begins with this word goes on from the line above.
pub(super) fn continues(word: &str) -> bool {
    matches!(word, "and" | "or" | "of" | "for" | "&" | "on" | "und" | "et" | "de" | "y")
}

/// True if the words say what kind of text follows, not what it is about ("Press release", "Second call for papers").
pub(super) fn is_kind_of_text(words: &str) -> bool {
    let mut any = false;
    words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(|word| {
        any = true;
        let word = word.to_lowercase();
        month_free_number(&word)
            || matches!(
                word.as_str(),
                "first"
                    | "second"
                    | "third"
                    | "fourth"
                    | "final"
                    | "last"
                    | "preliminary"
                    | "extended"
                    | "revised"
                    | "new"
                    | "call"
                    | "calls"
                    | "for"
                    | "of"
                    | "and"
                    | "the"
                    | "or"
                    | "papers"
                    | "paper"
                    | "participants"
                    | "participation"
                    | "abstracts"
                    | "abstract"
                    | "contributions"
                    | "proposals"
                    | "submissions"
                    | "submission"
                    | "posters"
                    | "press"
                    | "media"
                    | "news"
                    | "release"
                    | "advisory"
                    | "announcement"
                    | "cfp"
                    | "webinar"
                    | "immediate"
                    | "deadline"
                    | "extension"
                    | "reminder"
                    | "fyi"
                    | "update"
                    | "invitation"
                    | "newsletter"
                    | "urgent"
                    | "apologies"
                    | "multiple"
                    | "copies"
                    | "postings"
                    | "cross"
                    | "posting"
                    | "note"
                    | "notice"
                    | "event"
                    | "program"
                    | "programme"
                    | "advance"
                    | "workshop"
                    | "conference"
                    | "symposium"
                    | "publication"
            )
    }) && any
}

fn month_free_number(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit()) || matches!(word, "1st" | "2nd" | "3rd" | "4th" | "5th")
}

/// True if the words call for papers, or for something else.
pub(super) fn call(text: &str) -> bool {
    ["call for", "calls for", "cfp"].iter().any(|words| contain(text, words))
}

/// True if the words of `part` stand in `text` one behind the other, however they are written and divided.
pub(super) fn contain(text: &str, part: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let (text, part) = (words(text), words(part));
    part.is_empty() || text.windows(part.len()).any(|words| words == part)
}

/// True if a line belongs to the page and not to the announcement: menus, breadcrumbs, archive banners.
pub(super) fn is_navigation(line: &str) -> bool {
    let bare = line.trim().trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '('));
    // The longest of them has 29 letters.
    let bare = if bare.len() <= 40 { bare.to_lowercase() } else { String::new() };
    if matches!(
        bare.as_str(),
        "home"
            | "homepage"
            | "home page"
            | "menu"
            | "main menu"
            | "search"
            | "login"
            | "log in"
            | "log out"
            | "sign in"
            | "sign up"
            | "register"
            | "share"
            | "share this"
            | "share this page"
            | "share this article"
            | "print"
            | "print this page"
            | "print page"
            | "back"
            | "back to top"
            | "go back"
            | "top"
            | "next"
            | "previous"
            | "prev"
            | "close"
            | "read more"
            | "more"
            | "skip to content"
            | "skip to main content"
            | "skip navigation"
            | "sitemap"
            | "site map"
            | "facebook"
            | "twitter"
            | "linkedin"
            | "whatsapp"
            | "instagram"
            | "youtube"
            | "email this"
            | "tweet"
            | "subscribe"
            | "cookies"
            | "accept all"
            | "accept cookies"
            | "toggle navigation"
            | "show all"
            | "loading"
            | "loading media information hide"
            | "hide"
            | "news"
            | "you are here"
            | "all news"
            | "back to news"
            | "back to news list"
            | "skip advertisement"
            | "print friendly pdf"
            | "printer-friendly version"
            | "send this"
            | "zurück"
            | "drucken"
            | "retour"
            | "imprimer"
            | "volver"
            | "imprimir"
            | "версия для печати"
            | "view all news"
            | "jump to navigation"
            | "privacy policy"
            | "terms of use"
            | "advertisement"
            | "contact us"
            | "about us"
            | "rss"
            | "permalink"
            | "bookmark the permalink"
            | "leave a comment"
            | "follow us"
    ) {
        return true;
    }
    let start = line.trim_start();
    let lower = match start.as_bytes().first().map(u8::to_ascii_lowercase) {
        Some(b'y' | b't' | b's' | b'w') => start.get(..start.len().min(60)).unwrap_or("").to_lowercase(),
        _ => String::new(),
    };
    if lower.starts_with("you are viewing an archived web page")
        || lower.starts_with("the wayback machine - ")
        || lower.starts_with("you are here:")
        || lower.starts_with("this page was captured on")
        || lower.starts_with("see all versions of this archived page")
        || lower.starts_with("skip to main content")
        || lower.starts_with("this website uses cookies")
        || lower.starts_with("we use cookies")
    {
        return true;
    }
    breadcrumbs(line)
}

/// `Home » News`, `Home > Events > 2016`, `Home | About | Contact`.
fn breadcrumbs(line: &str) -> bool {
    if line.len() > 200 {
        return false;
    }
    ["»", "›", ">", "|", "/", "→", "::"].into_iter().any(|mark| {
        if !line.contains(mark) {
            return false;
        }
        let parts: Vec<&str> = line.split(mark).map(str::trim).filter(|part| !part.is_empty()).collect();
        parts.len() >= 2
            && parts.iter().all(|part| part.split_whitespace().count() <= 6)
            && matches!(
                parts[0].to_lowercase().as_str(),
                "home" | "start" | "homepage" | "startseite" | "accueil" | "inicio"
            )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_layout_words() {
        assert!(goes_on("3rd") && goes_on("The") && !goes_on("Institute") && !goes_on("th"));
        assert!(is_kind_of_text("FINAL CALL FOR PAPERS") && is_kind_of_text("PRESS RELEASE"));
        assert!(!is_kind_of_text("Call for papers: Archaeology") && !is_kind_of_text("!"));
        assert!(is_navigation("Home » News") && is_navigation("[Home]") && is_navigation("Home | News | Contact"));
        assert!(!is_navigation("Hamburg / Yeonsu-gu, 9 December 2020"));
        assert!(!is_navigation("Homes for all"));
        assert!(contain("THE FORUM\nOPENS, at last", "The Forum opens") && !contain("The Forum", "forums"));
    }
}
