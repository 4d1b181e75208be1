use super::*;
use crate::mention::value::Partial;
use crate::source;

fn dates(words: &str, anchor: &str, tense: Tense) -> Vec<String> {
    let announcement = source::read("test.txt", format!("It is said here: {words} and so on.").as_bytes(), None);
    let announcement = &announcement.expect("text")[0];
    let text = Text::new(announcement);
    let mut out = Vec::new();
    let (mut at, mut last) = (0, None);
    while at < text.tokens.len() {
        match read(&text, at, text.tokens.len()) {
            Some(written) => {
                at = written.tokens.end;
                let value = written.resolve(Given { anchor: Partial::parse(anchor), last, tense });
                last = value.map(|(first, _)| first).or(last);
                out.push(value.map_or("?".to_owned(), |(a, b)| {
                    if a == b { a.iso() } else { format!("{}/{}", a.iso(), b.iso()) }
                }));
            }
            None => at += 1,
        }
    }
    out
}

#[test]
fn reads_every_usual_form() {
    for (words, value) in [
        ("27 October 2021", "2021-10-27"),
        ("27-30 October 2021", "2021-10-27/2021-10-30"),
        ("from 30 September to 2 October 2020", "2020-09-30/2020-10-02"),
        ("30 June to July 2, 2013", "2013-06-30/2013-07-02"),
        ("30 June through July 2 2013", "2013-06-30/2013-07-02"),
        ("September 3-5, 1999", "1999-09-03/1999-09-05"),
        ("June 13th – 16th, 2023", "2023-06-13/2023-06-16"),
        ("February 22 - March 1, 2022", "2022-02-22/2022-03-01"),
        ("Monday, 3 June 2019", "2019-06-03"),
        ("Wednesday next week, 3 June 2020", "2020-06-03"),
        ("from Wednesday, 31 August, to Saturday, 3 September 2022", "2022-08-31/2022-09-03"),
        ("April 16th to 18th 2016", "2016-04-16/2016-04-18"),
        ("Oct. 31, 1998", "1998-10-31"),
        ("31st January 2016", "2016-01-31"),
        ("2021-10-27", "2021-10-27"),
        ("27.10.2021", "2021-10-27"),
        ("in October 2019", "2019-10"),
        ("the autumn of 2021", "2021"),
        ("between 20 and 26 June", "2021-06-20/2021-06-26"),
        ("between March and June of last year", "2020-03/2020-06"),
        ("3 to 5 June this year", "2021-06-03/2021-06-05"),
        ("13 to 15 April last year", "2020-04-13/2020-04-15"),
        ("8th–11th September 2016", "2016-09-08/2016-09-11"),
        ("28 December 2021 to 3 January 2022", "2021-12-28/2022-01-03"),
        ("on the 12th and 13th of May", "2021-05-12/2021-05-13"),
        ("10, 11 and 12 May 2021", "2021-05-10/2021-05-12"),
        ("May 10, 11 and 12, 2021", "2021-05-10/2021-05-12"),
        ("from Tuesday 3 to Thursday 5 June", "2021-06-03/2021-06-05"),
        ("Friday and Saturday, 5 and 6 June 2020", "2020-06-05/2020-06-06"),
        ("2021/10/27", "2021-10-27"),
        ("2024-11-12 to 2024-11-15", "2024-11-12/2024-11-15"),
        ("9/10/11 September 2026", "2026-09-09/2026-09-11"),
        ("2021.10.27", "2021-10-27"),
        ("in mid-June", "2021-06"),
        ("at the end of March 2025", "2025-03"),
        ("the second half of 2025", "2025"),
        ("the autumn of next year", "2022"),
        ("early September 2023", "2023-09"),
    ] {
        assert_eq!(dates(words, "2021-02-26", Tense::Open), [value], "{words}");
    }
}

#[test]
fn resolves_by_the_announcements_date() {
    for (words, tense, value) in [
        ("on Friday", Tense::Past, "2021-02-26"),
        ("on Monday", Tense::Past, "2021-02-22"),
        ("on Monday", Tense::Future, "2021-03-01"),
        ("this Sunday", Tense::Open, "2021-02-28"),
        ("yesterday", Tense::Open, "2021-02-25"),
        ("next February", Tense::Open, "2022-02"),
        ("last July", Tense::Open, "2020-07"),
        ("7 to 9 October", Tense::Past, "2020-10-07/2020-10-09"),
        ("7 to 9 October", Tense::Future, "2021-10-07/2021-10-09"),
        ("12 March", Tense::Past, "2021-03-12"),
        ("16 May", Tense::Open, "2021-05-16"),
        ("from Tuesday until today", Tense::Past, "2021-02-23/2021-02-26"),
        ("from Tuesday to Thursday", Tense::Past, "2021-02-23/2021-02-25"),
        ("from Monday to Wednesday", Tense::Future, "2021-03-01/2021-03-03"),
        ("on Tuesday next week", Tense::Future, "2021-03-02"),
        ("last month", Tense::Past, "2021-01"),
        ("next summer", Tense::Open, "2021"),
        ("next winter", Tense::Open, "2021"),
        ("last summer", Tense::Past, "2020"),
        ("last autumn", Tense::Past, "2020"),
        ("three years ago", Tense::Past, "2018"),
        ("a year ago", Tense::Past, "2020"),
        ("in two years' time", Tense::Future, "2023"),
        ("the day after tomorrow", Tense::Future, "2021-02-28"),
    ] {
        assert_eq!(dates(words, "2021-02-26", tense), [value], "{words} {tense:?}");
    }
}

#[test]
fn counts_from_the_date_that_was_named_last() {
    for (words, values) in [
        ("in 1990; two years later", ["1990", "1992"].as_slice()),
        ("in 1990; the year after, it", &["1990", "1991"]),
        ("last May, from the 21st to the 24th, it", &["2020-05", "2020-05-21/2020-05-24"]),
        ("on 6 June; it opens on the 8th.", &["2021-06-06", "2021-06-08"]),
        ("on 6 June; the following day", &["2021-06-06", "2021-06-07"]),
        ("in 2022, on 11 and 12 December of that year", &["2022", "2022-12-11/2022-12-12"]),
    ] {
        assert_eq!(dates(words, "2021-02-26", Tense::Open), values, "{words}");
    }
    assert!(dates("on the 12th congress in 1990", "2021-02-26", Tense::Open) == ["1990"]);
    assert!(dates("the day before the congress", "2021-02-26", Tense::Open).is_empty());
}

#[test]
fn verbs_are_no_months() {
    assert!(dates("they may march", "2021-02-26", Tense::Open).is_empty());
}

#[test]
fn weekdays_of_named_days() {
    let day = |s| Partial::parse(s).expect("a day");
    let announcement = source::read("test.txt", b"It is on Thursday evening.", None).expect("text");
    let text = Text::new(&announcement[0]);
    let written = (0..text.tokens.len()).find_map(|at| read(&text, at, text.tokens.len())).expect("a date");
    assert_eq!(written.weekday_within(day("2022-08-31"), day("2022-09-02")), Some(day("2022-09-01")));
    assert_eq!(written.weekday_within(day("2022-09-02"), day("2022-09-04")), None);
}
