//! The exit codes of the command: 0 where it did what it was asked, 1 where it failed, 2 where that is
//! done in part, or not proven yet, 3 where a comparison found differences, 4 where a check found a fault.

use crate::output::Rendered;
use std::process::ExitCode;

/// The exit code if a part was refused, or a reported side is not proven yet: its book was rejected.
const PARTIAL: u8 = 2;
/// The exit code if a comparison found differences, and nothing was refused.
const DIFFERS: u8 = 3;
/// The exit code if a check found a fault.
const FAULTY: u8 = 4;

impl Rendered {
    /// The exit code for scripts.
    pub const fn exit_code(&self) -> u8 {
        if self.partial {
            PARTIAL
        } else if self.differs {
            DIFFERS
        } else if self.faulty {
            FAULTY
        } else {
            0
        }
    }
}

/// Prints the help that was asked for, or what is wrong with the command line. That would exit
/// with 2 by itself, which here means that something was done.
pub(crate) fn said_instead(answer: &clap::Error) -> ExitCode {
    let _ = answer.print();
    if answer.use_stderr() {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}
