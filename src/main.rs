//! The program `urbi`: a thin shell over the library of the same name.
#![warn(missing_docs)]

// No allocator of our own: Oxigraph frees the texts of RocksDB's errors with Rust's global allocator although malloc made
// them, so that with any other allocator the first damaged store or full disk ends in a crash.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run(std::env::args_os())
}
