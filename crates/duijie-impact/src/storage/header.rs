use std::ops::Range;

pub(super) const MAGIC: [u8; 8] = *b"duijieIX";
/// The format that this library reads and writes; raised with every change of layout or meaning.
pub(super) const FORMAT: u32 = 2;
/// Sections of a file.
pub(super) const SECTIONS: usize = 23;
/// Where the sections start.
pub(super) const HEADER_BYTES: usize = 1024;
/// Sections start at multiples of this.
pub(super) const ALIGNMENT: u64 = 64;

/// Where a section is, and the checksum of its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Section {
    pub(super) start: u64,
    pub(super) bytes: u64,
    pub(super) crc: u32,
}

impl Section {
    pub(super) fn range(&self) -> Option<Range<usize>> {
        let start = usize::try_from(self.start).ok()?;
        Some(start..start.checked_add(usize::try_from(self.bytes).ok()?)?)
    }
}

/// What the first bytes of a file say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) file_bytes: u64,
    pub(super) fingerprint: u128,
    pub(super) sections: [Section; SECTIONS],
}

/// Why bytes are no header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoHeader {
    OtherFile,
    OtherFormat(u32),
    CutOff,
    Damaged,
}

const FIXED: usize = 8 + 4 + 8 + 16;
const USED: usize = FIXED + SECTIONS * 20;

impl Header {
    /// Magic, format, file length, fingerprint, sections, CRC-32 of all that; then zeros.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEADER_BYTES);
        bytes.extend(MAGIC);
        bytes.extend(FORMAT.to_le_bytes());
        bytes.extend(self.file_bytes.to_le_bytes());
        bytes.extend(self.fingerprint.to_le_bytes());
        for section in &self.sections {
            bytes.extend(section.start.to_le_bytes());
            bytes.extend(section.bytes.to_le_bytes());
            bytes.extend(section.crc.to_le_bytes());
        }
        bytes.extend(crc32fast::hash(&bytes).to_le_bytes());
        bytes.resize(HEADER_BYTES, 0);
        bytes
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, NoHeader> {
        if !bytes.starts_with(&MAGIC) {
            return Err(NoHeader::OtherFile);
        }
        let mut rest = Reader(&bytes[MAGIC.len()..]);
        let format = rest.take().map(u32::from_le_bytes).ok_or(NoHeader::CutOff)?;
        if format != FORMAT {
            return Err(NoHeader::OtherFormat(format));
        }
        let header = bytes.get(..HEADER_BYTES).ok_or(NoHeader::CutOff)?;
        if header[USED..USED + 4] != crc32fast::hash(&header[..USED]).to_le_bytes() {
            return Err(NoHeader::Damaged);
        }
        let mut read = || -> Option<Self> {
            let file_bytes = u64::from_le_bytes(rest.take()?);
            let fingerprint = u128::from_le_bytes(rest.take()?);
            let mut sections = [Section::default(); SECTIONS];
            for section in &mut sections {
                section.start = u64::from_le_bytes(rest.take()?);
                section.bytes = u64::from_le_bytes(rest.take()?);
                section.crc = u32::from_le_bytes(rest.take()?);
            }
            Some(Self { file_bytes, fingerprint, sections })
        };
        read().ok_or(NoHeader::CutOff)
    }
}

/// Takes numbers off the front of bytes.
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl Reader<'_> {
    pub(super) fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*first)
    }
}
