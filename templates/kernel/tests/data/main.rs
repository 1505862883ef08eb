//! The data side of the kernel, through its public face, on the database that the features choose. PostgreSQL is
//! reached by `TEST_DATABASE_URL`.

mod decode_form;
mod decode_query;
mod fresh;
mod keyset;
mod lists;
mod migrate;
mod storm;
mod types;
mod units;
