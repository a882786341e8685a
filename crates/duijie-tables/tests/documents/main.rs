//! What is written for an audience holds what it may see, and nothing else; and programs open it.

mod audiences;
mod chromium;
mod event;
mod judging;
mod opened;
mod page;
mod programs;
mod reports;
mod workbooks;
