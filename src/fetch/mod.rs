//! Documents from the web, fetched politely.
//!
//! A host is asked once a second at most and not for what its `robots.txt` forbids (RFC 9309); what has not changed since the
//! last time is not sent again; size, time and redirections have limits; and nothing but http and https is fetched, from no
//! address of a private network, so that a list of addresses cannot be used to look around in one. `ureq` does HTTP and TLS;
//! it asks our resolver, so that an address is judged after its name has been resolved.
//!
//! Not in here: links are not followed; what is read of an answer.

mod address;
mod host;
mod sitemap;

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::time::Duration;

use ureq::unversioned::transport::DefaultConnector;
use url::Url;

pub use sitemap::{Sitemap, is_sitemap};

use crate::source::{media_type, undo_encodings};
use address::{PrivateAddress, PublicOnly};
use host::Host;

/// The most redirections that are followed.
const REDIRECTIONS: usize = 10;
/// The compressions that are understood.
const ENCODINGS: &str = "gzip, deflate, br, zstd";

/// Time, which only the outermost part of a program may look at.
pub trait Clock: Send {
    /// The time since some moment.
    fn now(&self) -> Duration;
    /// Waits.
    fn sleep(&self, time: Duration);
}

/// How to fetch.
#[derive(Clone, Debug)]
pub struct Manners {
    /// How the program is called in requests; `robots.txt` goes by the part before the slash.
    pub agent: String,
    /// The least time between two requests to a host.
    pub pause: Duration,
    /// The longest time that a request may take.
    pub time: Duration,
    /// The most bytes of an answer, decompressed.
    pub limit: u64,
    /// Whether addresses of private networks and of this machine may be asked.
    pub private: bool,
}

impl Default for Manners {
    /// A request a second, a minute a request, 64 MiB an answer.
    fn default() -> Manners {
        Manners {
            agent: concat!("urbi/", env!("CARGO_PKG_VERSION")).to_owned(),
            pause: Duration::from_secs(1),
            time: Duration::from_secs(60),
            limit: crate::source::MAX_LENGTH,
            private: false,
        }
    }
}

/// What a server said of the version of a document: enough to ask whether there is a newer one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Version {
    /// Its `ETag`.
    pub etag: Option<String>,
    /// Its `Last-Modified`.
    pub modified: Option<String>,
}

/// What a server answers.
#[derive(Debug)]
pub enum Answer {
    /// A document.
    Document(Document),
    /// There is no other version than the one that was named.
    Unchanged,
}

/// A document, as it came.
#[derive(Debug)]
pub struct Document {
    /// The address that it was found at in the end.
    pub url: String,
    /// Its bytes, decompressed.
    pub body: Vec<u8>,
    /// The media type, lower case, without parameters.
    pub media_type: Option<String>,
    /// The label of the character set.
    pub charset: Option<String>,
    /// Its version.
    pub version: Version,
}

/// Why an address could not be fetched; every message names it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FetchError {
    /// No address.
    #[error("{url}: no address ({reason})")]
    Url {
        /// What was given.
        url: String,
        /// Why it is none.
        reason: String,
    },
    /// Neither http nor https.
    #[error("{url}: only http and https addresses are fetched")]
    Scheme {
        /// The address.
        url: String,
    },
    /// An address of a private network.
    #[error("{url}: an address of this machine or a private network; --allow-private fetches it all the same")]
    Private {
        /// The address.
        url: String,
    },
    /// Forbidden.
    #[error("{url}: robots.txt asks programs not to fetch it")]
    Robots {
        /// The address.
        url: String,
    },
    /// One redirection after the other.
    #[error("{url}: redirected more than {limit} times")]
    Redirections {
        /// The address that was asked for.
        url: String,
        /// How many are followed.
        limit: usize,
    },
    /// The server says no.
    #[error("{url}: the server answers with status {status}")]
    Status {
        /// The address.
        url: String,
        /// The status, such as 404.
        status: u16,
    },
    /// A very long answer.
    #[error("{url}: more than {limit} bytes, the limit of an answer")]
    TooLarge {
        /// The address.
        url: String,
        /// The limit.
        limit: u64,
    },
    /// The network, or an answer that breaks off.
    #[error("{url}: cannot be fetched: {source}")]
    Network {
        /// The address.
        url: String,
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl FetchError {
    /// The address.
    pub fn url(&self) -> &str {
        match self {
            FetchError::Url { url, .. }
            | FetchError::Scheme { url }
            | FetchError::Private { url }
            | FetchError::Robots { url }
            | FetchError::Redirections { url, .. }
            | FetchError::Status { url, .. }
            | FetchError::TooLarge { url, .. }
            | FetchError::Network { url, .. } => url,
        }
    }

    /// A word for the kind of error, for programs.
    pub fn kind(&self) -> &'static str {
        match self {
            FetchError::Url { .. } | FetchError::Scheme { .. } => "address",
            FetchError::Private { .. } => "private",
            FetchError::Robots { .. } => "robots",
            FetchError::Redirections { .. } => "redirections",
            FetchError::Status { .. } => "status",
            FetchError::TooLarge { .. } => "too-large",
            FetchError::Network { .. } => "network",
        }
    }
}

/// Fetches documents, and knows the hosts that it has asked.
pub struct Fetcher {
    agent: ureq::Agent,
    manners: Manners,
    clock: Box<dyn Clock>,
    hosts: BTreeMap<String, Host>,
}

/// An answer that has not been judged.
struct Reply {
    status: u16,
    /// Where to go instead.
    location: Option<String>,
    document: Document,
}

impl Fetcher {
    /// A fetcher that has asked nobody yet.
    pub fn new(manners: Manners, clock: Box<dyn Clock>) -> Fetcher {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            // Each step is looked at here.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .timeout_global(Some(manners.time))
            .user_agent(manners.agent.as_str())
            .accept_encoding(ENCODINGS)
            .build();
        let agent = ureq::Agent::with_parts(config, DefaultConnector::new(), PublicOnly::new(manners.private));
        Fetcher { agent, manners, clock, hosts: BTreeMap::new() }
    }

    /// Fetches a document, unless it is still of the version that is known.
    ///
    /// # Errors
    /// If the address is none that is fetched, its host forbids it or does not give it, or it is too large.
    pub fn fetch(&mut self, address: &str, known: &Version) -> Result<Answer, FetchError> {
        let asked = parse(address)?;
        let mut url = asked.clone();
        for _ in 0..=REDIRECTIONS {
            self.ask_host(&url)?;
            let reply = self.request(&url, known)?;
            match (reply.status, reply.location) {
                (304, _) => return Ok(Answer::Unchanged),
                (200..=299, _) => return Ok(Answer::Document(reply.document)),
                (301 | 302 | 303 | 307 | 308, Some(location)) => {
                    let reason = |e: url::ParseError| FetchError::Url { url: location.clone(), reason: e.to_string() };
                    url = check(url.join(&location).map_err(reason)?)?;
                }
                (status, _) => return Err(FetchError::Status { url: url.into(), status }),
            }
        }
        Err(FetchError::Redirections { url: asked.into(), limit: REDIRECTIONS })
    }

    /// Asks for `robots.txt` if the host has not been asked yet, and refuses what that forbids.
    fn ask_host(&mut self, url: &Url) -> Result<(), FetchError> {
        let name = url.origin().ascii_serialization();
        if !self.hosts.contains_key(&name) {
            self.hosts.insert(name.clone(), Host::default());
            let rules = self.robots(url)?;
            if let Some(host) = self.hosts.get_mut(&name) {
                host.obey(rules, &self.manners.agent);
            }
        }
        let allowed = self.hosts.get(&name).is_none_or(|host| host.allows(url.as_str(), &self.manners.agent));
        if allowed { Ok(()) } else { Err(FetchError::Robots { url: url.as_str().to_owned() }) }
    }

    /// What a host's `robots.txt` says. None if it cannot be had, which forbids all (RFC 9309, 2.3.1.4); one that does not
    /// exist forbids nothing.
    fn robots(&mut self, url: &Url) -> Result<Option<String>, FetchError> {
        let Ok(mut at) = url.join("/robots.txt") else { return Ok(Some(String::new())) };
        for _ in 0..5 {
            let reply = match self.request(&at, &Version::default()) {
                Err(FetchError::TooLarge { .. }) => return Ok(Some(String::new())),
                other => other?,
            };
            match (reply.status, reply.location) {
                (200..=299, _) => return Ok(Some(String::from_utf8_lossy(&reply.document.body).into_owned())),
                (301 | 302 | 303 | 307 | 308, Some(location)) => {
                    match at.join(&location).ok().and_then(|url| check(url).ok()) {
                        Some(next) => at = next,
                        None => return Ok(Some(String::new())),
                    }
                }
                (500..=599 | 429, _) => return Ok(None),
                _ => return Ok(Some(String::new())),
            }
        }
        Ok(Some(String::new()))
    }

    /// One request, when the host may be asked again.
    fn request(&mut self, url: &Url, known: &Version) -> Result<Reply, FetchError> {
        let host = self.hosts.entry(url.origin().ascii_serialization()).or_default();
        let pause = host.pause(self.manners.pause);
        let now = self.clock.now();
        if let Some(wait) = host.next.and_then(|next| next.checked_sub(now)).filter(|wait| !wait.is_zero()) {
            self.clock.sleep(wait);
        }
        host.next = Some(self.clock.now() + pause);
        let mut request = self.agent.get(url.as_str());
        for (name, value) in [("If-None-Match", &known.etag), ("If-Modified-Since", &known.modified)] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let mut response = request.call().map_err(|error| failed(url, error))?;
        let field = |name: &str| Some(response.headers().get(name)?.to_str().ok()?.to_owned());
        let status = response.status().as_u16();
        let location = field("location");
        let (media_type, charset) = media_type(&field("content-type").unwrap_or_default());
        let version = Version { etag: field("etag"), modified: field("last-modified") };
        let encodings = field("content-encoding").unwrap_or_default();
        let limit = self.manners.limit;
        let too_large = || FetchError::TooLarge { url: url.as_str().to_owned(), limit };
        let mut body = Vec::new();
        if (200..300).contains(&status) {
            let mut reader = response.body_mut().with_config().limit(u64::MAX).reader().take(limit + 1);
            reader.read_to_end(&mut body).map_err(|error| network(url, error))?;
            if body.len() as u64 > limit {
                return Err(too_large());
            }
            body = undo_encodings(&encodings, &body, limit).map_err(|error| match error.kind() {
                io::ErrorKind::FileTooLarge => too_large(),
                _ => network(url, error),
            })?;
        }
        let document = Document { url: url.as_str().to_owned(), body, media_type, charset, version };
        Ok(Reply { status, location, document })
    }
}

fn parse(address: &str) -> Result<Url, FetchError> {
    let url = Url::parse(address);
    check(url.map_err(|error| FetchError::Url { url: address.to_owned(), reason: error.to_string() })?)
}

fn check(mut url: Url) -> Result<Url, FetchError> {
    url.set_fragment(None);
    if matches!(url.scheme(), "http" | "https") && url.has_host() {
        Ok(url)
    } else {
        Err(FetchError::Scheme { url: url.into() })
    }
}

fn network(url: &Url, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> FetchError {
    FetchError::Network { url: url.as_str().to_owned(), source: source.into() }
}

fn failed(url: &Url, error: ureq::Error) -> FetchError {
    match error {
        ureq::Error::Io(error) if error.get_ref().is_some_and(|inner| inner.is::<PrivateAddress>()) => {
            FetchError::Private { url: url.as_str().to_owned() }
        }
        other => network(url, other),
    }
}
