//! The files that say who the numbers are, and what they declare.

use std::path::Path;

use consent_string::decision::{InvalidName, Purpose, Question, Vendor};
use consent_string::didomi::{PurposeId, VendorId};
use consent_string::gvl::VendorList;
use consent_string::numeric_ids::{NamedId, NumericIds, NumericIdsPage};

use crate::args::{self, Asking};
use crate::failure::Failure;

/// What the files of `--partners` and `--purposes` say.
pub(crate) struct Tables {
    pub(crate) partners: NumericIds<VendorId>,
    pub(crate) purposes: NumericIds<PurposeId>,
}

impl Tables {
    pub(crate) fn read(args: &args::Tables) -> Result<Self, Failure> {
        Ok(Self { partners: table(&args.partners)?, purposes: table(&args.purposes)? })
    }
}

/// What the files of `--gvl`, `--partners` and `--purposes` say.
pub(crate) struct Lists {
    pub(crate) gvl: Option<VendorList>,
    pub(crate) tables: Tables,
}

impl Lists {
    pub(crate) fn read(args: &args::Lists) -> Result<Self, Failure> {
        let gvl = |path: &std::path::PathBuf| {
            VendorList::parse(file(path)?).map_err(|error| Failure::of_content(path, error))
        };
        Ok(Self {
            gvl: args.gvl.as_ref().map(gvl).transpose()?,
            tables: Tables::read(&args.tables)?,
        })
    }

    /// The question that the arguments ask.
    pub(crate) fn question(
        &self,
        vendor: &str,
        purpose: &str,
        asking: &Asking,
    ) -> Result<Question, Failure> {
        let usage = |flag: &'static str| {
            move |error: InvalidName| Failure::Usage(format!("{flag}: {error}"))
        };
        let vendor = Vendor::from_text(vendor, &self.tables.partners).map_err(usage("--vendor"))?;
        let purpose =
            Purpose::from_text(purpose, &self.tables.purposes).map_err(usage("--purpose"))?;
        let question = Question::new(vendor, purpose);
        let question = asking.basis.map_or(question, |basis| question.on(basis.into()));
        Ok(if asking.flexible { question.flexible() } else { question })
    }
}

fn file(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| Failure::File(path.to_owned(), error))
}

/// The table of the pages that some files have.
fn table<I: NamedId>(paths: &[std::path::PathBuf]) -> Result<NumericIds<I>, Failure> {
    let mut table = NumericIds::new();
    for path in paths {
        let page = NumericIdsPage::parse(file(path)?);
        let page = page.map_err(|error| Failure::of_content(path, error))?;
        page.add_to(&mut table).map_err(|error| Failure::of_content(path, error))?;
    }
    Ok(table)
}
