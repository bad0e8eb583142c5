package io.tollgate.core.store.chain;

import org.agrona.UnsafeApi;

/**
 * Touches mapped memory ahead of the thread that fills it in order, so that this thread does not wait for pages. It
 * touches up to an eighth of the used length, so that little memory is wasted. One thread at a time may call it, beside
 * the thread that fills the memory.
 */
final class PagePrefault {
    private static final int PAGE_LENGTH = 4096;
    private static final long MIN_AHEAD = 1 << 16;
    private static final long MAX_AHEAD = 1 << 25;

    /** Bytes of one call: few, so that other threads get the processor soon. A page of a file takes up to 50 us. */
    private static final long MAX_AT_ONCE = 1 << 16;

    private static final int USED_PER_AHEAD_SHIFT = 3;

    private final long address;
    private final long length;
    private long touched;

    /**
     * @param address of the memory, a multiple of 8
     * @param length of the memory in bytes
     */
    PagePrefault(final long address, final long length) {
        this.address = address;
        this.length = length;
    }

    /**
     * Touches the memory that will be filled next and was not touched yet, at most 64 KiB.
     *
     * @param used the filled length in bytes
     * @return true if memory was touched
     */
    boolean ahead(final long used) {
        final long ahead = Math.max(MIN_AHEAD, Math.min(MAX_AHEAD, used >>> USED_PER_AHEAD_SHIFT));
        final long from = Math.max(touched, used & -PAGE_LENGTH);
        final long to = Math.min(Math.min(length, used + ahead), from + MAX_AT_ONCE);
        for (long page = from; page < to; page += PAGE_LENGTH) {
            // Adds nothing, but as one step: the other thread may be writing there already.
            UnsafeApi.getAndAddLong(null, address + page, 0);
        }
        touched = Math.max(touched, from + (Math.max(0, to - from) + PAGE_LENGTH - 1 & -PAGE_LENGTH));
        return to > from;
    }
}
