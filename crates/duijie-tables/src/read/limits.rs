/// What a single file may take, so that a hostile one cannot exhaust the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub file_bytes: u64,
    /// Bytes of everything packed in it, unpacked.
    pub unpacked_bytes: u64,
    /// Bytes of one tag of packed XML, of the text between two, and of the text of one cell.
    pub piece_bytes: u64,
    /// Cells of all its sheets that hold something.
    pub cells: u64,
    /// Characters of one cell; a longer one is cut and reported.
    pub cell_chars: usize,
    /// Files in one folder or pattern.
    pub files: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 256 << 20,
            unpacked_bytes: 1 << 30,
            piece_bytes: 16 << 20,
            cells: 10_000_000,
            cell_chars: 32_767,
            files: 20_000,
        }
    }
}
