//! Every thing at its IRI, in the form that the client likes best; the dataset at the base; lists, sitemap and style.

use axum::{
    extract,
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use oxrdf::{NamedNode, Triple};
use percent_encoding::{CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{assets, error::Problem, hosts::Origin, negotiate, params::Params, run, state::Shared, state::State};
use crate::{
    export::{self, Content, Format},
    site::{
        Site,
        folder::FolderError,
        html::{self, Links},
        map,
    },
};

/// The forms of a thing, the preferred first, with the endings that ask for them outright.
const FORMS: [(&str, &str, Option<Format>); 4] = [
    ("text/html", "html", None),
    ("text/turtle", "ttl", Some(Format::Turtle)),
    ("application/ld+json", "jsonld", Some(Format::JsonLd)),
    ("application/n-triples", "nt", Some(Format::NTriples)),
];

/// Things that one list shows.
const LISTED: usize = 1000;

/// Where a thing is shown: the path of its IRI if it lies below a base that is a folder, else `/resource?iri=`.
pub fn address(site: &Site, iri: &str) -> String {
    let base = site.base();
    match base.local(iri) {
        Some(local) if base.as_str().ends_with('/') && !local.is_empty() && !local.contains(['#', '?']) => {
            // Letters of other scripts are encoded; all else may stand in an address as it stands in an IRI.
            format!("{}{}", folder(base.as_str()), utf8_percent_encode(local, CONTROLS))
        }
        _ => format!("/resource?iri={}", utf8_percent_encode(iri, NON_ALPHANUMERIC)),
    }
}

/// The path of the base: `/urbi/id/` of `https://w3id.org/urbi/id/`.
fn folder(base: &str) -> &str {
    let after_scheme = base.find("://").map_or(0, |at| at + 3);
    base[after_scheme..].find('/').map_or("/", |at| &base[after_scheme + at..])
}

/// Links between the pages of a server.
struct Here<'a>(&'a Site);

impl Links for Here<'_> {
    fn thing(&self, iri: &str) -> String {
        match iri.split_once('#') {
            Some((whole, fragment)) if self.0.base().local(iri).is_some() => {
                format!("{}#{fragment}", address(self.0, whole))
            }
            _ => address(self.0, iri),
        }
    }

    fn file(&self, name: &str) -> String {
        format!("/{name}")
    }

    fn dataset(&self) -> String {
        folder(self.0.base().as_str()).to_owned()
    }

    fn kind(&self, kind: &str) -> String {
        format!("{}{kind}/", self.dataset())
    }

    fn form(&self, iri: &str, ending: &str) -> String {
        let address = if iri == self.0.base().as_str() { self.dataset() } else { address(self.0, iri) };
        match address.strip_suffix('/') {
            Some(folder) => format!("{folder}/index.{ending}"),
            None if address.contains('?') => format!("{address}&form={ending}"),
            None => format!("{address}.{ending}"),
        }
    }

    fn explorer(&self, iri: &str) -> Option<String> {
        let address = format!("/app/entity?iri={}", utf8_percent_encode(iri, NON_ALPHANUMERIC));
        assets::is_built().then_some(address)
    }
}

/// A thing by its whole IRI.
pub async fn any(
    extract::State(state): extract::State<State>,
    params: Params,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let iri = params.iri("iri")?;
    let wanted = params.one("form")?.map(|ending| {
        let known = FORMS.iter().position(|(_, known, _)| *known == ending);
        known
            .ok_or_else(|| Problem::BadRequest(format!("there is no form {ending:?}; known are html, ttl, jsonld, nt")))
    });
    let wanted = wanted.transpose()?;
    run::blocking(state, move |shared| {
        thing(shared, &iri, wanted, &headers)?.ok_or_else(|| Problem::NotFound(format!("nothing is known of {iri}")))
    })
    .await
}

/// Whatever a path names: a thing, a list, the dataset, else a file of the web interface.
pub async fn page(
    extract::State(state): extract::State<State>,
    Origin(origin): Origin,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let path = uri.path().to_owned();
    if let Some(file) = own_file(&state, &path, &origin).await? {
        return Ok(file);
    }
    let base = state.site.base().as_str().to_owned();
    let local = if base.ends_with('/') { path.strip_prefix(folder(&base)).map(as_iri) } else { None };
    // With a base at the root, its page is the web interface's; the dataset is at `/index.html` and in its other forms.
    if let Some(local) = local.filter(|local| !(local.is_empty() && folder(&base) == "/")) {
        let found = run::blocking(state, move |shared| below_base(shared, &local, &origin, &headers)).await?;
        if let Some(response) = found {
            return Ok(response);
        }
    }
    assets::file(&path).ok_or_else(|| Problem::NotFound(format!("there is nothing at {path}")))
}

/// The files that every site has.
async fn own_file(state: &State, path: &str, origin: &str) -> Result<Option<Response>, Problem> {
    let css = |content: &'static str, media_type: &'static str| {
        let headers = [(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, "max-age=3600")];
        Ok(Some((headers, content).into_response()))
    };
    match path {
        "/page.css" => css(html::STYLE, "text/css; charset=utf-8"),
        "/land.svg" => css(html::LAND, "image/svg+xml"),
        "/robots.txt" => {
            let text = format!("User-agent: *\nDisallow: /api/\nDisallow: /sparql\nSitemap: {origin}sitemap.xml\n");
            Ok(Some(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()))
        }
        "/.well-known/void" => {
            let location = HeaderValue::try_from(folder(state.site.base().as_str()));
            let location = location.map_err(|error| Problem::Internal(error.to_string()))?;
            Ok(Some((StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()))
        }
        _ => {
            let Some(number) = path.strip_prefix("/sitemap").and_then(|rest| rest.strip_suffix(".xml")) else {
                return Ok(None);
            };
            let number: usize = match number.strip_prefix('-') {
                Some(number) => number.parse().map_err(|_| Problem::NotFound(format!("there is nothing at {path}")))?,
                None => 0,
            };
            let origin = origin.to_owned();
            run::blocking(state.clone(), move |shared| sitemap(shared, number, &origin)).await.map(Some)
        }
    }
}

/// The sitemap, or, if there is too much for one, the list of its parts (number 0) or one of them.
fn sitemap(shared: &Shared, number: usize, origin: &str) -> Result<Response, Problem> {
    let pages = shared.site.pages()?;
    let address = |iri: &String| format!("{}{}", origin.trim_end_matches('/'), address(&shared.site, iri));
    let parts = pages.len().div_ceil(map::PAGES);
    let text = match (number, parts) {
        (0, 0 | 1) => {
            let pages: Vec<String> = pages.iter().map(address).collect();
            map::sitemap(pages.iter().map(String::as_str))
        }
        (0, _) => {
            let parts: Vec<String> = (1..=parts).map(|part| format!("{origin}sitemap-{part}.xml")).collect();
            map::sitemap_index(parts.iter().map(String::as_str))
        }
        (number, _) => {
            let part: Vec<String> =
                pages.chunks(map::PAGES).nth(number - 1).unwrap_or_default().iter().map(address).collect();
            map::sitemap(part.iter().map(String::as_str))
        }
    };
    Ok(([(header::CONTENT_TYPE, "application/xml")], text).into_response())
}

/// What lies below the base: the dataset itself, the list of a kind, a thing; an ending may say the form.
fn below_base(shared: &Shared, local: &str, origin: &str, headers: &HeaderMap) -> Result<Option<Response>, Problem> {
    let ended = local
        .rsplit_once('.')
        .and_then(|(stem, ending)| Some((stem, FORMS.iter().position(|(_, known, _)| *known == ending)?)));
    match (local, ended) {
        ("", _) => return dataset(shared, None, origin, headers).map(Some),
        (_, Some(("index", form))) => return dataset(shared, Some(form), origin, headers).map(Some),
        _ => {}
    }
    if let Some(kind) = local.strip_suffix('/').filter(|kind| !kind.contains('/')) {
        return list(shared, kind);
    }
    // The text of a document is on its page.
    let local = local.strip_suffix("/text").filter(|head| head.starts_with("document/")).unwrap_or(local);
    let iri = |local: &str| NamedNode::new(format!("{}{local}", shared.site.base())).ok();
    if let Some(iri) = iri(local)
        && let Some(response) = thing(shared, &iri, None, headers)?
    {
        return Ok(Some(response));
    }
    match ended.and_then(|(stem, form)| Some((iri(stem)?, form))) {
        Some((iri, form)) => thing(shared, &iri, Some(form), headers),
        None => Ok(None),
    }
}

/// The things of a kind.
fn list(shared: &Shared, kind: &str) -> Result<Option<Response>, Problem> {
    let (members, total) = shared.site.members(kind, 0, LISTED)?;
    if members.is_empty() {
        return Ok(None);
    }
    let more = total - members.len();
    let page = html::members(&Here(&shared.site), kind, &members, more);
    Ok(Some(([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()))
}

/// The dataset, with its real counts.
fn dataset(shared: &Shared, wanted: Option<usize>, origin: &str, headers: &HeaderMap) -> Result<Response, Problem> {
    let overview = shared.overview()?;
    let at = form(wanted, headers)?;
    let iri = shared.site.base().as_str();
    match FORMS[at].2 {
        None => {
            let endpoint = format!("{origin}sparql");
            let page = html::dataset(&Here(&shared.site), &overview, &shared.site.kinds()?, Some(&endpoint));
            Ok(answer(shared, iri, at, page.into_bytes()))
        }
        Some(format) => {
            let triples = shared.site.dataset(&overview, Some(origin))?;
            Ok(answer(shared, iri, at, written(shared, format, &triples)?))
        }
    }
}

/// A thing in the form number `wanted`, or in the one that the client likes best. None if nothing is known of it.
fn thing(
    shared: &Shared,
    iri: &NamedNode,
    wanted: Option<usize>,
    headers: &HeaderMap,
) -> Result<Option<Response>, Problem> {
    let site = &shared.site;
    if let Some(entity) = site.store().alias_of(iri)?
        && site.store().about(iri)?.is_empty()
    {
        let location = HeaderValue::try_from(address(site, entity.as_str()));
        let location = location.map_err(|error| Problem::Internal(error.to_string()))?;
        return Ok(Some((StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()));
    }
    // What is not known is not there in any form.
    let known = !site.store().about(iri)?.is_empty() || !site.store().behind(iri)?.is_empty();
    if !known && site.store().naming(iri, 1)?.1 == 0 {
        return Ok(None);
    }
    let at = form(wanted, headers)?;
    let body = match FORMS[at].2 {
        None => match site.page(&Here(site), iri, &shared.schema)? {
            Some(page) => page.into_bytes(),
            None => return Ok(None),
        },
        Some(format) => written(shared, format, &site.description(iri)?)?,
    };
    Ok(Some(answer(shared, iri.as_str(), at, body)))
}

fn form(wanted: Option<usize>, headers: &HeaderMap) -> Result<usize, Problem> {
    let types = FORMS.map(|(media_type, ..)| media_type);
    wanted.or_else(|| negotiate::best(headers, &types)).ok_or_else(|| Problem::NotAcceptable(types.join(", ")))
}

fn written(shared: &Shared, format: Format, triples: &[Triple]) -> Result<Vec<u8>, Problem> {
    let settings = export::Settings::new(shared.site.base(), shared.context()?);
    let mut body = Vec::new();
    export::write(format, &Content { view: triples, graphs: &[] }, &settings, &mut body)
        .map_err(|error| Problem::Internal(error.to_string()))?;
    Ok(body)
}

/// An answer that says where its other forms are.
fn answer(shared: &Shared, iri: &str, at: usize, body: Vec<u8>) -> Response {
    let links = Here(&shared.site);
    let (media_type, ending, _) = FORMS[at];
    let content_type = if at == 0 { "text/html; charset=utf-8" } else { media_type };
    let mut response = ([(header::CONTENT_TYPE, content_type)], body).into_response();
    let headers = response.headers_mut();
    let others = FORMS.iter().filter(|(_, other, _)| *other != ending);
    let mut link: Vec<String> = others
        .map(|(media_type, ending, _)| {
            format!("<{}>; rel=\"alternate\"; type=\"{media_type}\"", links.form(iri, ending))
        })
        .collect();
    // Letters of other scripts are encoded in a header.
    link.push(format!("<{}>; rel=\"canonical\"", utf8_percent_encode(iri, CONTROLS)));
    if let Ok(value) = HeaderValue::try_from(link.join(", ")) {
        headers.insert(header::LINK, value);
    }
    if let Ok(value) = HeaderValue::try_from(links.form(iri, ending)) {
        headers.insert(header::CONTENT_LOCATION, value);
    }
    response
}

impl From<FolderError> for Problem {
    fn from(error: FolderError) -> Problem {
        match error {
            FolderError::Site(error) => Problem::Site(error),
            FolderError::Query(error) => Problem::Query(error),
            error => Problem::Internal(error.to_string()),
        }
    }
}

/// The IRI that a path of an address stands for (RFC 3987, section 3.2): letters of other scripts come percent-encoded, and
/// so do plain ones now and then; everything else that is encoded is so in the IRI, too.
fn as_iri(path: &str) -> String {
    let mut out = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = match rest {
            [b'%', high, low, ..] => {
                std::str::from_utf8(&[*high, *low]).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok())
            }
            _ => None,
        };
        match escaped {
            Some(byte) if !byte.is_ascii() || byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => {
                out.push(byte);
                rest = &rest[3..];
            }
            _ => {
                out.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::as_iri;

    #[test]
    fn a_path_stands_for_an_iri() {
        assert_eq!(as_iri("theme/a%2Fb%20c"), "theme/a%2Fb%20c");
        assert_eq!(as_iri("city/%E4%B8%8A%E6%B5%B7"), "city/上海");
        assert_eq!(as_iri("city/%41%zz%4"), "city/A%zz%4");
        assert_eq!(as_iri("city/%FF"), "city/%FF");
    }
}
