use std::fs;

use super::{Profile, ProfileError};

#[test]
fn the_standard_profile_is_embedded() {
    let profile = Profile::embedded();
    assert!(profile.text("ontology/urbi.ttl").expect("embedded").contains("urbi:heldIn"));
    let paths: Vec<&str> = profile.files("ontology", "ttl").map(|(path, _)| path).collect();
    assert!(paths.is_sorted() && paths.contains(&"ontology/urbi.ttl"), "{paths:?}");
    assert!(matches!(profile.text("ontology/none.ttl"), Err(ProfileError::Missing(_))));
    assert_eq!(profile.digest(), Profile::embedded().digest());
}

#[test]
fn digests_made_by_the_build_are_those_of_the_content() {
    for (path, bytes) in Profile::embedded().files("ontology", "ttl") {
        assert_eq!(bytes.digest(), super::Bytes::read(bytes.to_vec()).digest(), "{path}");
    }
}

#[test]
fn an_overlay_replaces_and_adds() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    fs::create_dir_all(folder.path().join("ontology"))?;
    fs::create_dir_all(folder.path().join("data/rules/mine"))?;
    fs::write(folder.path().join("ontology/urbi.ttl"), "# other")?;
    fs::write(folder.path().join("data/rules/mine/a.rules"), [b'a', 0xff])?;
    fs::write(folder.path().join("data/rules/README.md"), "no part of it")?;
    let profile = Profile::with_overlay(folder.path())?;
    assert_eq!(profile.text("ontology/urbi.ttl")?, "# other");
    assert!(profile.file("data/rules/README.md").is_none());
    assert_ne!(profile.digest(), Profile::embedded().digest());
    let error = profile.text("data/rules/mine/a.rules").expect_err("not UTF-8").to_string();
    assert!(error.contains("mine/a.rules is not UTF-8 from byte 1 on"), "{error}");
    assert!(error.contains(&*folder.path().to_string_lossy()), "{error}");
    Ok(())
}

#[test]
fn the_same_files_are_the_same_profile() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    fs::create_dir_all(folder.path().join("ontology"))?;
    fs::write(folder.path().join("ontology/urbi.ttl"), Profile::embedded().text("ontology/urbi.ttl")?)?;
    assert_eq!(Profile::with_overlay(folder.path())?.digest(), Profile::embedded().digest());
    Ok(())
}

#[test]
fn what_is_no_profile_is_refused() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    assert!(matches!(Profile::with_overlay(folder.path()), Err(ProfileError::NoProfile(_))));
    assert!(matches!(Profile::with_overlay(&folder.path().join("none")), Err(ProfileError::NoProfile(_))));
    Ok(())
}
