// Which files make a profile. Included by `build.rs` too, so that the embedded files and a user's are chosen alike.

/// The folders of a profile.
const FOLDERS: [&str; 5] = ["data/lexicon", "data/mappings", "data/rules", "ontology", "queries"];

/// Whether the file at this path, relative to the profile, is part of it: not so notes, scripts and hidden files.
fn belongs(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    !path.split('/').any(|part| part.starts_with('.')) && !matches!(extension, "md" | "py" | "sh") && !path.ends_with('~')
}
