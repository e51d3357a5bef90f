//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use consent_string::didomi::{self, InferredCodes};
use consent_string::request::UsState;
use consent_string::tcf::LegalBasis;
use consent_string::{Format, Timestamp};

/// What does this consent string say?
///
/// Reads Didomi Consent Strings, TC strings and what belongs to them; writes, checks and signs
/// them. Strings come as arguments, or one a line from standard input or from files.
#[derive(Debug, Parser)]
#[command(name = "consent-string", version, max_term_width = 100)]
#[command(
    after_help = "Exit status: 0 good, 1 some input was bad (diff: or differs; permits: or the answer is no), 2 usage or a file that can't be read or written."
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show what strings say
    #[command(
        after_help = "Example:\n  consent-string inspect COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA"
    )]
    Inspect(Inspect),
    /// Show every bit of strings: the field, what it says, and how its rule is known
    #[command(
        after_help = "Example:\n  consent-string explain \\\n    BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA"
    )]
    Explain(Explain),
    /// Make canonical strings of the JSON that inspect --json prints
    #[command(
        after_help = "Example:\n  consent-string inspect --json 1YNN | consent-string compose"
    )]
    Compose(Compose),
    /// What changed between two strings of one format; exit status 1 if anything did
    ///
    /// User IDs and tokens are shown with --json only.
    #[command(after_help = "Example:\n  consent-string diff 1YNN 1YYN")]
    Diff(Diff),
    /// One Didomi Consent String of two of one user
    ///
    /// Of each purpose and vendor the string that was updated later goes first; of two that were
    /// updated at the same time, a refusal does. The result has no signature.
    #[command(
        after_help = "Example:\n  consent-string merge \\\n    BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA \\\n    BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA"
    )]
    Merge(Merge),
    /// Count good and bad lines, by what is wrong with them
    #[command(after_help = "Example:\n  echo 1YNN | consent-string check")]
    Check(Check),
    /// May this vendor, for this purpose? Exit status 1 for no
    #[command(
        after_help = "Example:\n  consent-string permits --vendor didomi:130 --purpose didomi:2 \\\n    --dcs BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA"
    )]
    Permits(Permits),
    /// The consent of requests: what each string in them is, and what follows
    #[command(
        after_help = "Example:\n  printf 'Cookie: usprivacy=1YNN\\nSec-GPC: 1\\n' | consent-string request"
    )]
    Request(Request),
    /// Convert a didomi_token to a Didomi Consent String, and back
    Token(Token),
    /// Show what Additional Consent strings say: inspect --kind ac
    #[command(after_help = "Example:\n  consent-string ac 2~35.41~dv.9")]
    Ac(Showing),
    /// Sign, verify and fill consent links
    Links(Links),
    /// Print a completion script for a shell
    #[command(
        after_help = "Example:\n  consent-string completions bash > /etc/bash_completion.d/consent-string"
    )]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Write the manual pages to a directory
    #[command(after_help = "Example:\n  consent-string man target/man")]
    Man {
        /// The directory, which must be there
        directory: PathBuf,
    },
}

/// Where inputs come from. A command whose inputs aren't strings says by `mut_arg` what they are.
#[derive(Debug, Args)]
pub(crate) struct Inputs {
    /// The strings; without any, one a line from standard input or from --file
    #[arg(value_name = "STRING", conflicts_with = "files")]
    pub(crate) inputs: Vec<String>,
    /// Read inputs from a file, one a line; - is standard input
    #[arg(long = "file", value_name = "PATH", num_args = 1..)]
    pub(crate) files: Vec<PathBuf>,
}

/// How Didomi Consent Strings are read.
#[derive(Debug, Clone, Args)]
pub(crate) struct Codes {
    /// Which inferred codes of a Didomi string are read
    #[arg(long, value_enum, default_value_t = Inferred::Refuse)]
    pub(crate) inferred_codes: Inferred,
}

impl Codes {
    pub(crate) fn options(&self) -> didomi::DecodeOptions {
        didomi::DecodeOptions::new().inferred_codes(self.inferred_codes.into())
    }
}

/// How strings are read.
#[derive(Debug, Clone, Args)]
pub(crate) struct Reading {
    /// The format of the strings; auto takes the one that accepts a string
    #[arg(long, value_enum, default_value_t = Kind::Auto)]
    pub(crate) kind: Kind,
    #[command(flatten)]
    pub(crate) codes: Codes,
}

/// Which strings are shown, and how.
#[derive(Debug, Args)]
pub(crate) struct Showing {
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    /// Take values as they stand in cookies: encoded, in quotes, with a name in front, or a
    /// whole Cookie header
    #[arg(long)]
    pub(crate) cookie: bool,
    /// Print one JSON object a line
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Inspect {
    #[command(flatten)]
    pub(crate) showing: Showing,
    #[command(flatten)]
    pub(crate) reading: Reading,
    #[command(flatten)]
    pub(crate) lists: Lists,
    /// When validity is asked about, as 2026-03-01T12:00:00Z; now unless said
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) at: Option<Timestamp>,
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// Show each entry of bit fields and of long lists
    #[arg(long)]
    pub(crate) all: bool,
    /// Print one JSON object a line
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
#[command(mut_arg("inputs", |inputs| inputs.value_name("OBJECT").help(
    "The objects; without any, one a line from standard input or from --file"
)))]
pub(crate) struct Compose {
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    /// The format of objects that have no "format"
    #[arg(long, value_enum, default_value_t = Kind::Auto)]
    pub(crate) kind: Kind,
    /// Answer a bad object by a JSON object in its place
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// The files, one string a line; - or none is standard input
    #[arg(value_name = "PATH", conflicts_with = "files")]
    pub(crate) paths: Vec<PathBuf>,
    /// Read strings from a file, one a line; - is standard input
    #[arg(long = "file", value_name = "PATH", num_args = 1..)]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// Take values as they stand in cookies: encoded, in quotes, with a name in front
    #[arg(long)]
    pub(crate) cookie: bool,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Didomi's numbers.
#[derive(Debug, Args)]
pub(crate) struct Tables {
    /// An answer of Didomi's API for vendors, a JSON file: text IDs of vendors; repeatable
    #[arg(long, value_name = "FILE")]
    pub(crate) partners: Vec<PathBuf>,
    /// An answer of Didomi's API for purposes, a JSON file: text IDs of purposes; repeatable
    #[arg(long, value_name = "FILE")]
    pub(crate) purposes: Vec<PathBuf>,
}

/// Where two strings at a time come from.
#[derive(Debug, Args)]
#[command(
    mut_arg("inputs", |arg| arg.value_names(["A", "B"]).num_args(2).help(
        "The two strings; without any, each two lines of standard input or of --file"
    )),
    mut_arg("files", |arg| {
        arg.help("Read strings from a file, two lines a pair; - is standard input")
    })
)]
pub(crate) struct PairSources {
    #[command(flatten)]
    pub(crate) inputs: Inputs,
}

#[derive(Debug, Args)]
pub(crate) struct Diff {
    #[command(flatten)]
    pub(crate) sources: PairSources,
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// Take values as they stand in cookies: encoded, in quotes, with a name in front
    #[arg(long)]
    pub(crate) cookie: bool,
    /// Print one JSON object a pair
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Merge {
    #[command(flatten)]
    pub(crate) sources: PairSources,
    #[command(flatten)]
    pub(crate) codes: Codes,
    /// Answer what can't be merged by a JSON object in its place
    #[arg(long)]
    pub(crate) json: bool,
}

/// Who the numbers are, and what they declare.
#[derive(Debug, Args)]
pub(crate) struct Lists {
    /// The Global Vendor List, a JSON file: names of IAB vendors and purposes, and the basis
    /// that a vendor declares
    #[arg(long, value_name = "FILE")]
    pub(crate) gvl: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) tables: Tables,
}

/// What a question adds to vendor and purpose.
#[derive(Debug, Args)]
pub(crate) struct Asking {
    /// The basis: of an IAB vendor the one that it declares, where no list says it
    #[arg(long, value_enum)]
    pub(crate) basis: Option<Basis>,
    /// The IAB vendor declares the purpose as flexible, where no list says it
    #[arg(long)]
    pub(crate) flexible: bool,
    /// When it is asked, as 2026-03-01T12:00:00Z; now unless said
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) at: Option<Timestamp>,
}

#[derive(Debug, Args)]
pub(crate) struct Permits {
    /// The vendor: iab:755, google:89, didomi:2, or a text ID
    #[arg(long, value_name = "VENDOR")]
    pub(crate) vendor: String,
    /// The purpose: iab:1, iab:special_purpose:1, iab:feature:1, iab:special_feature:1,
    /// didomi:5, or a text ID
    #[arg(long, value_name = "PURPOSE")]
    pub(crate) purpose: String,
    /// The TC string
    #[arg(long, value_name = "STRING")]
    pub(crate) tc: Option<String>,
    /// The Didomi Consent String
    #[arg(long, value_name = "STRING")]
    pub(crate) dcs: Option<String>,
    /// Google's Additional Consent string
    #[arg(long, value_name = "STRING")]
    pub(crate) ac: Option<String>,
    #[command(flatten)]
    pub(crate) codes: Codes,
    #[command(flatten)]
    pub(crate) lists: Lists,
    #[command(flatten)]
    pub(crate) asking: Asking,
    /// Print a JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
#[command(mut_arg("inputs", |inputs| inputs.value_name("HEADER").help(
    "Header lines; without any, those of standard input or of --file. An empty line, or a \
     header that was there before, begins another request"
)))]
pub(crate) struct Request {
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    /// Ask about a vendor: iab:755, google:89, didomi:2, or a text ID
    #[arg(long, value_name = "VENDOR", requires = "purpose")]
    pub(crate) vendor: Option<String>,
    /// Ask about a purpose: iab:1, didomi:5, or a text ID
    #[arg(long, value_name = "PURPOSE", requires = "vendor")]
    pub(crate) purpose: Option<String>,
    /// The age from which on a string counts as none
    #[arg(long, value_name = "DAYS")]
    pub(crate) max_age: Option<u32>,
    /// Whether the GDPR applies, where it is known
    #[arg(long, value_enum)]
    pub(crate) gdpr: Option<YesNo>,
    /// The user's state in the United States, as CA
    #[arg(long, value_name = "CODE", value_parser = us_state)]
    pub(crate) us_state: Option<UsState>,
    #[command(flatten)]
    pub(crate) codes: Codes,
    #[command(flatten)]
    pub(crate) lists: Lists,
    #[command(flatten)]
    pub(crate) asking: Asking,
    /// Print JSON objects, as it does anyway
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Basis {
    /// The user's consent
    Consent,
    /// Legitimate interest
    Li,
}

impl From<Basis> for LegalBasis {
    fn from(basis: Basis) -> Self {
        match basis {
            Basis::Consent => Self::Consent,
            Basis::Li => Self::LegitimateInterest,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum YesNo {
    Yes,
    No,
}

#[derive(Debug, Args)]
pub(crate) struct Token {
    #[command(subcommand)]
    pub(crate) command: TokenCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum TokenCommand {
    /// Make a Didomi Consent String of each token
    #[command(
        after_help = "Example:\n  consent-string token from-dcs --skip-unknown \\\n    BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA |\n    consent-string token to-dcs"
    )]
    ToDcs(ToDcs),
    /// Make a token of each Didomi Consent String
    #[command(
        after_help = "Example:\n  consent-string token from-dcs --skip-unknown \\\n    BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA"
    )]
    FromDcs(FromDcs),
}

/// What both directions of a conversion take.
#[derive(Debug, Args)]
pub(crate) struct Converting {
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    #[command(flatten)]
    pub(crate) tables: Tables,
    /// Leave IDs out that the tables lack, and say so on standard error; unless given, they are
    /// an error
    #[arg(long)]
    pub(crate) skip_unknown: bool,
    /// Take values as they stand in cookies: encoded, in quotes, with a name in front
    #[arg(long)]
    pub(crate) cookie: bool,
    /// Answer a bad input by a JSON object in its place
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ToDcs {
    #[command(flatten)]
    pub(crate) converting: Converting,
    /// Make strings of version 2 under this regulation, as 1 for the GDPR; without it they are
    /// of version 1: a token names no regulation
    #[arg(long, value_name = "NUMBER")]
    pub(crate) regulation: Option<u16>,
}

#[derive(Debug, Args)]
pub(crate) struct FromDcs {
    #[command(flatten)]
    pub(crate) converting: Converting,
    /// Write c: in front of the IDs of vendors
    #[arg(long)]
    pub(crate) custom_prefix: bool,
    /// A vendor that is Didomi's own, and so has no prefix; repeatable
    #[arg(long = "didomi-vendor", value_name = "VENDOR", requires = "custom_prefix")]
    pub(crate) didomi_vendors: Vec<String>,
    #[command(flatten)]
    pub(crate) codes: Codes,
}

#[derive(Debug, Args)]
pub(crate) struct Links {
    #[command(subcommand)]
    pub(crate) command: LinksCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum LinksCommand {
    /// Make a signed link of each JSON object: key, algorithm, sid, secret,
    /// organization_user_id, action, event, and optional salt and redirect_url
    #[command(
        after_help = "Example:\n  echo '{\"key\":\"fe295974-e126-49a4-9d6f-84bc5884c298\",' \\\n    '\"algorithm\":\"hmac-sha256\",\"sid\":\"s1\",\"secret\":\"secret\",' \\\n    '\"organization_user_id\":\"user@domain.com\",\"action\":\"event.create\",' \\\n    '\"event\":{\"consents\":{\"purposes\":[]}}}' | consent-string links sign"
    )]
    #[command(mut_arg("inputs", orders))]
    Sign(Inputs),
    /// Say of each link whether it is genuine
    #[command(
        after_help = "Example:\n  consent-string links verify --secret s1=secret --file urls.txt"
    )]
    Verify(Verify),
    /// Fill user IDs into the template of a link and sign it, for each JSON object: url,
    /// organization_user_id, secret, and optional salt
    #[command(mut_arg("inputs", orders))]
    Fill(Inputs),
}

fn orders(inputs: clap::Arg) -> clap::Arg {
    inputs
        .value_name("OBJECT")
        .help("The objects; without any, one a line from standard input or from --file")
}

#[derive(Debug, Args)]
#[command(mut_arg("inputs", |inputs| inputs.value_name("URL").help(
    "The links; without any, one a line from standard input or from --file"
)))]
pub(crate) struct Verify {
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    /// A secret and its ID; several may be given, and several under one ID
    #[arg(long = "secret", value_name = "SID=VALUE", num_args = 1.., required = true)]
    pub(crate) secrets: Vec<String>,
    /// Refuse the weak algorithms
    #[arg(long)]
    pub(crate) refuse_weak: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    Auto,
    Didomi,
    Tcf,
    Gpp,
    UsPrivacy,
    Ac,
    Token,
}

impl Kind {
    pub(crate) fn format(self) -> Option<Format> {
        Some(match self {
            Self::Auto => return None,
            Self::Didomi => Format::Didomi,
            Self::Tcf => Format::Tcf,
            Self::Gpp => Format::Gpp,
            Self::UsPrivacy => Format::UsPrivacy,
            Self::Ac => Format::Ac,
            Self::Token => Format::Token,
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Inferred {
    /// None of them
    Refuse,
    /// Those that list the enabled IDs, or that have none
    Listed,
    /// All of them
    Accept,
}

impl From<Inferred> for InferredCodes {
    fn from(inferred: Inferred) -> Self {
        match inferred {
            Inferred::Refuse => Self::Refuse,
            Inferred::Listed => Self::Listed,
            Inferred::Accept => Self::Accept,
        }
    }
}

fn us_state(text: &str) -> Result<UsState, consent_string::request::InvalidUsState> {
    text.parse()
}

fn time(text: &str) -> Result<Timestamp, consent_string::TimestampError> {
    text.parse()
}
