//! A document that a change of rules or names is said not to touch is read as before, quad for quad.

use urbi::{
    engine::{Engine, Reach, Signature},
    fact::quads,
    profile::Profile,
    source::{self, Announcement},
    vocab::Base,
};

fn announcements() -> Vec<Announcement> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/announcements");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("the samples").map(|e| e.expect("readable").path()).collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let name = path.to_str().expect("UTF-8");
        source::read(name, &std::fs::read(path).expect("readable"), None).unwrap_or_default()
    };
    paths.iter().flat_map(read).collect()
}

struct Reader {
    engine: Engine,
    signature: Signature,
}

impl Reader {
    fn new(profile: &Profile) -> Reader {
        let engine = Engine::new(profile, &Base::default()).expect("a sound profile");
        let signature = Signature::new(&engine, profile).expect("readable");
        Reader { engine, signature }
    }

    fn quads(&self, announcement: &Announcement) -> Vec<String> {
        let extraction = self.engine.extract(announcement);
        quads::quads(&Base::default(), &extraction).iter().map(ToString::to_string).collect()
    }
}

/// Tries a change in both directions; gives how many documents it does not touch.
fn untouched(
    announcements: &[Announcement],
    before: &(Reader, Vec<Vec<String>>),
    profile: &Profile,
    what: &str,
) -> usize {
    let after = Reader::new(profile);
    let (there, back) = (after.signature.since(&before.0.signature), before.0.signature.since(&after.signature));
    assert_ne!(there, Reach::Words(Default::default(), Default::default()), "{what} changes nothing");
    let mut untouched = 0;
    for (announcement, quads) in announcements.iter().zip(&before.1) {
        let touches = there.may_touch(announcement);
        assert_eq!(touches, back.may_touch(announcement), "{what}: the way back touches the same");
        if !touches {
            untouched += 1;
            assert_eq!(&after.quads(announcement), quads, "{what} was said not to touch {:02x?}", announcement.digest);
        }
    }
    untouched
}

fn standard(announcements: &[Announcement]) -> (Reader, Vec<Vec<String>>) {
    let reader = Reader::new(&Profile::embedded());
    let quads = announcements.iter().map(|announcement| reader.quads(announcement)).collect();
    (reader, quads)
}

#[test]
fn rules_touch_only_what_they_are_said_to() {
    let announcements = announcements();
    let before = standard(&announcements);
    let same = Reader::new(&Profile::embedded());
    assert_eq!(same.signature, before.0.signature);
    assert_eq!(same.signature.digest(), before.0.signature.digest());
    let names: Vec<String> = before.0.engine.rules().infos().map(|info| info.rule.name.clone()).collect();
    let (mut spared, mut tried) = (0, 0);
    // Every fifth rule is taken out; the rest, too, would take minutes.
    for name in names.iter().step_by(5) {
        let text = format!("remove {name}\n");
        let profile = Profile::embedded().with_file("data/rules/zz-own.rules", "own.rules", text.into_bytes());
        // A rule that others name cannot be taken out.
        if Engine::new(&profile, &Base::default()).is_err() {
            continue;
        }
        tried += announcements.len();
        spared += untouched(&announcements, &before, &profile, name);
    }
    assert!(tried > 200, "{tried}");
    assert!(spared * 3 > tried, "of {tried} readings only {spared} were spared");
}

#[test]
fn lists_of_words_count_as_part_of_the_rules_that_use_them() {
    let announcements = announcements();
    let before = standard(&announcements);
    let rule = "let OWNWORD = zeppelin | jamboree\nspan own-rule \"A jamboree in a country.\"\n  \
                match (?c:@City) \",\" $OWNWORD (?l:@Country)\n  then ?c :inCountry ?l\n  confidence 500\n";
    let with =
        |text: &str| Profile::embedded().with_file("data/rules/zz-own.rules", "own.rules", text.as_bytes().to_vec());
    let one = with(rule);
    assert!(untouched(&announcements, &before, &one, "a new rule") > announcements.len() / 2);
    let (first, second) = (Reader::new(&one), Reader::new(&with(&rule.replace("jamboree", "regatta"))));
    assert_ne!(first.signature, second.signature);
}

#[test]
fn words_that_the_stages_know_touch_the_texts_that_have_them() {
    let announcements = announcements();
    let before = standard(&announcements);
    for list in ["EDITIONNOUN = congress", "FUTUREWORD = zeppelin", "ARTICLE = the", "GENERICNOUN = forum"] {
        let text = format!("replace let {list}\n").into_bytes();
        let profile = Profile::embedded().with_file("data/rules/zz-own.rules", "own.rules", text);
        untouched(&announcements, &before, &profile, list);
    }
}

#[test]
fn names_touch_only_texts_that_have_them() {
    let announcements = announcements();
    let before = standard(&announcements);
    let table = |line: &str| {
        let text = format!("kind\tkey\tlabel\tnames\tacronyms\n{line}\n");
        Profile::embedded().with_file("data/lexicon/zz-own.tsv", "own.tsv", text.into_bytes())
    };
    let new = table("Organization\tmoon\tInstitute of the Moon\tMoon Institute\tIOTM");
    assert_eq!(untouched(&announcements, &before, &new, "a new name"), announcements.len());
    for line in [
        "Organization\tlearning\tLearning Cities\tGlobal Network\tGNLC",
        "ConferenceSeries\tforum\tUrban Forum\tWorld Forum\tWUF",
        "Theme\tlifelong\tLifelong learning\tlearning throughout life\t",
        "Organization\tuil\tUIL of Hamburg\tUIL\tUIL",
    ] {
        let spared = untouched(&announcements, &before, &table(line), line);
        assert!(spared < announcements.len(), "{line} touches some of them");
    }
    let country = Reader::new(&table("Country\tKR\tSouthern Korea\t\t"));
    assert!(matches!(country.signature.since(&before.0.signature), Reach::Everything(_)));
}
