//! The checklists that come with the program.

/// A checklist that is embedded in the program.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shipped {
    /// Its id.
    pub id: &'static str,
    /// Its text, as it stands under `checklists/`.
    pub text: &'static str,
}

macro_rules! shipped {
    ($($id:literal),+ $(,)?) => {
        /// All of them, by id.
        pub(crate) static SHIPPED: &[Shipped] = &[$(Shipped {
            id: $id,
            text: include_str!(concat!("../checklists/", $id, ".toml")),
        }),+];
    };
}

shipped![
    "agency-audit-scores",
    "annual-nine-criteria",
    "arrangements-review",
    "bexley-2018",
    "northumberland-2023",
    "scrutineer-terms",
    "scrutiny-functions",
    "scrutiny-survey-2022",
    "six-steps-2019",
    "warwickshire-2025",
    "young-scrutineers",
];

/// The shipped checklist of an id.
pub(crate) fn find(id: &str) -> Option<&'static Shipped> {
    SHIPPED.iter().find(|shipped| shipped.id == id)
}

/// All ids.
pub(crate) fn ids() -> impl Iterator<Item = &'static str> {
    SHIPPED.iter().map(|shipped| shipped.id)
}
