//! What is known of a host: its `robots.txt`, and when it may be asked again.

use std::time::Duration;

use robotstxt::{DefaultMatcher, RobotsParseHandler, parse_robotstxt};

/// The longest pause that a host can ask for.
const LONGEST: Duration = Duration::from_secs(60);
/// As much of a `robots.txt` is read (RFC 9309, 2.5).
const RULES: usize = 500 << 10;

/// A host, with scheme and port.
#[derive(Default)]
pub struct Host {
    /// Its rules, when they have been read; what cannot be read forbids all.
    rules: Option<String>,
    forbidden: bool,
    delay: Duration,
    /// From when on it may be asked again.
    pub next: Option<Duration>,
}

impl Host {
    /// Takes the rules of a host; `None` if the host does not give them.
    pub fn obey(&mut self, rules: Option<String>, agent: &str) {
        let Some(mut rules) = rules else {
            self.forbidden = true;
            return;
        };
        if rules.len() > RULES {
            let end = (0..=RULES).rev().find(|end| rules.is_char_boundary(*end)).unwrap_or(0);
            rules.truncate(end);
        }
        let mut delay = Delay { agent: bare(agent).to_ascii_lowercase(), ..Delay::default() };
        parse_robotstxt(&rules, &mut delay);
        self.delay = delay.own.or(delay.all).unwrap_or_default().min(LONGEST);
        self.rules = Some(rules);
    }

    /// Whether an address may be fetched.
    pub fn allows(&self, url: &str, agent: &str) -> bool {
        let by_rules = |rules: &String| DefaultMatcher::default().one_agent_allowed_by_robots(rules, bare(agent), url);
        !self.forbidden && self.rules.as_ref().is_none_or(by_rules)
    }

    /// The time between two requests.
    pub fn pause(&self, least: Duration) -> Duration {
        self.delay.max(least)
    }
}

/// The name of a program without its version.
fn bare(agent: &str) -> &str {
    agent.split('/').next().unwrap_or_default()
}

/// Finds `Crawl-delay`, which is no part of the standard, but is what hosts say.
#[derive(Default)]
struct Delay {
    agent: String,
    /// Whether the lines at hand are for this program, for all, and whether a rule has been seen since the last name.
    for_own: bool,
    for_all: bool,
    ruled: bool,
    own: Option<Duration>,
    all: Option<Duration>,
}

impl RobotsParseHandler for Delay {
    fn handle_robots_start(&mut self) {}

    fn handle_robots_end(&mut self) {}

    fn handle_user_agent(&mut self, _: u32, user_agent: &str) {
        if std::mem::take(&mut self.ruled) {
            (self.for_own, self.for_all) = (false, false);
        }
        self.for_own |= bare(user_agent.trim()).to_ascii_lowercase() == self.agent;
        self.for_all |= user_agent.trim() == "*";
    }

    fn handle_allow(&mut self, _: u32, _: &str) {
        self.ruled = true;
    }

    fn handle_disallow(&mut self, _: u32, _: &str) {
        self.ruled = true;
    }

    fn handle_sitemap(&mut self, _: u32, _: &str) {}

    fn handle_unknown_action(&mut self, _: u32, action: &str, value: &str) {
        self.ruled = true;
        if !action.eq_ignore_ascii_case("crawl-delay") {
            return;
        }
        let delay = value.trim().parse::<f64>().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        if self.for_own {
            self.own = delay;
        } else if self.for_all {
            self.all = delay;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn obeys_rules() {
        let mut host = Host::default();
        let rules = "User-agent: other\nDisallow: /\nCrawl-delay: 9\n\nUser-agent: *\nDisallow: /private/\nAllow: /private/news\n\
                     Crawl-delay: 2.5\n";
        host.obey(Some(rules.to_owned()), "urbi/1.0");
        let allows = |path: &str| host.allows(&format!("https://example.org{path}"), "urbi/1.0");
        assert!(allows("/") && allows("/private/news/1") && !allows("/private/x"));
        assert_eq!(host.pause(Duration::from_secs(1)), Duration::from_millis(2500));
        let mut own = Host::default();
        own.obey(
            Some(format!("{rules}User-agent: Urbi\nUser-agent: Orbi\nDisallow: /x\nCrawl-delay: 99999\n")),
            "urbi/1.0",
        );
        assert!(
            own.allows("https://example.org/private/x", "urbi/1.0") && !own.allows("https://example.org/x", "urbi/1.0")
        );
        assert_eq!(own.pause(Duration::from_secs(1)), LONGEST);
        let mut silent = Host::default();
        silent.obey(None, "urbi/1.0");
        assert!(!silent.allows("https://example.org/", "urbi/1.0"));
    }
}
