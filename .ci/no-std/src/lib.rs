//! Builds only while nothing in the tree of the crate brings the standard library: that has
//! a panic handler, and there can't be two.

#![no_std]

use core::alloc::{GlobalAlloc, Layout};

struct NoMemory;

// SAFETY: a null pointer says that there is no memory, and so nothing is ever freed.
unsafe impl GlobalAlloc for NoMemory {
    unsafe fn alloc(&self, _: Layout) -> *mut u8 {
        core::ptr::null_mut()
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}

#[global_allocator]
static ALLOCATOR: NoMemory = NoMemory;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}

/// Uses the crate, so that it is linked.
#[unsafe(no_mangle)]
pub extern "C" fn accepts_nothing() -> bool {
    "".parse::<consent_string::didomi::ConsentString>().is_ok()
}
