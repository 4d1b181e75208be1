//! `urbi lexicon import`.

use std::io::Read;
use std::path::Path;

use anyhow::{Context as _, anyhow};
use flate2::read::MultiGzDecoder;
use urbi::lexicon::import::{Format, Source, import};
use urbi::vocab::slug;

use super::args::Import;
use super::{OWN, Table};
use crate::cli::open;
use crate::cli::outcome::{Outcome, wrong_use};
use crate::cli::plan::Setting;
use crate::cli::screen::Screen;

/// The first bytes of what gzip packed.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Makes a table of a file.
pub fn run(setting: &Setting, task: &Import, screen: &Screen) -> anyhow::Result<Outcome> {
    let name = task.file.display().to_string();
    let bytes = unpacked(&name, if name == "-" { stdin()? } else { open::read(&task.file).map_err(wrong_use)? })?;
    let file = name.strip_suffix(".gz").unwrap_or(&name);
    let dataset = match &task.dataset {
        Some(name) => slug(name),
        None if file == "-" => return Err(wrong_use(anyhow!("name the table with --as NAME"))),
        None => slug(&Path::new(file).file_stem().unwrap_or_default().to_string_lossy()),
    };
    if dataset == OWN {
        return Err(wrong_use(anyhow!("`{OWN}` is the table of urbi lexicon add: choose another name with --as")));
    }
    let format = task.format.or_else(|| Format::detect(file, &bytes)).ok_or_else(|| {
        let known = Format::ALL.map(Format::name).join(", ");
        wrong_use(anyhow!("{name}: neither name nor content show a format; give --format (one of {known})"))
    })?;
    let all = task.lang.iter().any(|language| language == "all");
    let more = task.alternate_names.as_deref().map(|path| {
        let name = path.display().to_string();
        anyhow::Ok((unpacked(&name, open::read(path).map_err(wrong_use)?)?, name))
    });
    let more = more.transpose()?;
    let source = Source {
        file,
        bytes: &bytes,
        format,
        dataset: &dataset,
        kind: task.kind,
        languages: if all { &[] } else { &task.lang },
        alternate_names: more.as_ref().map(|(bytes, name)| (name.as_str(), bytes.as_slice())),
    };
    let table = Table::new(setting, &dataset)?;
    let imported = import(&source, &table.profile)?;
    let is_new = table.write(&imported.table)?;
    for (reason, count) in &imported.left_out {
        screen.note(&format!("left out: {count} {reason}"));
    }
    let (entries, known, names) = (imported.entries, imported.known, imported.names);
    let done = if is_new { "written to" } else { "nothing changed in" };
    let place = table.file.display();
    screen.note(&format!("{dataset}: {entries} entries, {known} of them known before, {names} names; {done} {place}"));
    Ok(Outcome::Done)
}

fn stdin() -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).context("cannot read standard input")?;
    Ok(bytes)
}

fn unpacked(name: &str, bytes: Vec<u8>) -> anyhow::Result<Vec<u8>> {
    if !bytes.starts_with(&GZIP) {
        return Ok(bytes);
    }
    let mut unpacked = Vec::new();
    MultiGzDecoder::new(bytes.as_slice())
        .read_to_end(&mut unpacked)
        .with_context(|| format!("{name} is damaged: gzip cannot unpack it"))?;
    Ok(unpacked)
}
