/// Numbers of which every bit pattern is a value, and which a little-endian file holds as memory does.
pub(crate) trait Plain: Copy + std::fmt::Debug + sealed::Sealed + 'static {}

mod sealed {
    pub(crate) trait Sealed {}
}

macro_rules! plain {
    ($($number:ty),*) => {$(impl sealed::Sealed for $number {} impl Plain for $number {})*};
}

plain!(u8, u16, u32, u64, f32);

#[cfg(target_endian = "big")]
compile_error!("impact files are little-endian and are mapped as they are: big-endian machines are not supported");

/// Bytes as numbers; `None` where they are not aligned or not a whole number of them.
#[inline]
pub(crate) fn numbers<T: Plain>(bytes: &[u8]) -> Option<&[T]> {
    // SAFETY: every bit pattern is a value of a plain type.
    let (before, numbers, after) = unsafe { bytes.align_to::<T>() };
    (before.is_empty() && after.is_empty()).then_some(numbers)
}

/// Numbers as bytes.
pub(crate) fn bytes<T: Plain>(numbers: &[T]) -> &[u8] {
    // SAFETY: plain types have no padding, and bytes need no alignment.
    unsafe { std::slice::from_raw_parts(numbers.as_ptr().cast(), std::mem::size_of_val(numbers)) }
}

/// Maps a file into memory.
///
/// Whoever changes the file while it is mapped may change what the index reads, or end the process;
/// impact files are therefore only replaced by renaming, never written in place.
pub(crate) fn map(file: &std::fs::File) -> std::io::Result<memmap2::Mmap> {
    // SAFETY: every bit pattern is a value of what is read from the map, all places read from it are
    // checked, and this library never writes to a file that it has given its name.
    unsafe { memmap2::Mmap::map(file) }
}
