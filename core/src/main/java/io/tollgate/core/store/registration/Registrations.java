package io.tollgate.core.store.registration;

import static io.tollgate.core.store.block.BlockDescriptor.NO_BLOCK;
import static io.tollgate.core.store.block.BlockDescriptor.PREVIOUS_OFFSET;
import static io.tollgate.core.store.block.BlockDescriptor.SMALL;
import static io.tollgate.core.store.block.BlockDescriptor.SMALL_LENGTH;
import static io.tollgate.core.store.block.BlockDescriptor.TYPE_REGISTRATION;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.MOMENTS_OF_SHAPES;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.MOMENTS_TO_SECOND;
import static io.tollgate.core.store.registration.RegistrationDescriptor.MOMENTS_OFFSET;
import static io.tollgate.core.store.registration.RegistrationDescriptor.PATTERN_LENGTH_OFFSET;
import static io.tollgate.core.store.registration.RegistrationDescriptor.PATTERN_OFFSET;
import static io.tollgate.core.store.registration.RegistrationDescriptor.WINDOW_SET_OFFSET;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.core.store.block.BlockStore;
import io.tollgate.core.store.block.ReadableBlocks;
import io.tollgate.core.store.block.StoreHeader;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The registrations by pattern. They are in blocks, laid out by {@link RegistrationDescriptor}, and in a trie on the
 * heap, which takes some hundred bytes per pattern segment. The writer adds; any control thread may read.
 */
public final class Registrations {
    private static final long NO_SERIES = -1;

    /** The registrations of a pattern, and the block that stores them. */
    private record Entry(long block, Registered registered) {}

    private final BlockStore blocks;
    private final StoreHeader header;
    private final WindowSets windowSets;
    private final PatternTrie<Entry> entries = new PatternTrie<>();
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private long patternCount;
    private long count;

    public Registrations(final BlockStore blocks, final StoreHeader header, final WindowSets windowSets) {
        this.blocks = blocks;
        this.header = header;
        this.windowSets = windowSets;
        count = header.registrationCount();
        entries(blocks, header).forEach((pattern, entry) -> {
            entries.put(pattern, entry);
            patternCount++;
        });
    }

    /**
     * Reads the registrations of any store. The writer of the store may add to it concurrently. A pattern that is just
     * being registered may have no windows yet.
     *
     * @param blocks of the store.
     * @param header of the store.
     * @return windows and shapes by pattern, sorted by pattern.
     */
    public static Map<String, Registered> read(final ReadableBlocks blocks, final StoreHeader header) {
        final Map<String, Registered> found = new TreeMap<>();
        entries(blocks, header).forEach((pattern, entry) -> found.put(pattern, entry.registered()));
        return found;
    }

    private static Map<String, Entry> entries(final ReadableBlocks blocks, final StoreHeader header) {
        final Map<String, Entry> found = new TreeMap<>();
        final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
        long block = header.registration();
        // Pairs with the fence in create.
        VarHandle.acquireFence();
        for (; block != NO_BLOCK; block = buffer.getLong(PREVIOUS_OFFSET)) {
            wrap(buffer, blocks, block);
            final Registered registered = new Registered(
                    WindowSets.windowsOf(blocks, buffer.getLong(WINDOW_SET_OFFSET)),
                    buffer.getShort(MOMENTS_OFFSET) == MOMENTS_OF_SHAPES);
            // Each pattern occurs once; a repeated block would make the chain endless.
            if (found.put(pattern(buffer, block), new Entry(block, registered)) != null) {
                throw damaged(block);
            }
        }
        return found;
    }

    /** {@return the number of registrations so far: a series whose record has another count must adopt the rest} */
    public long count() {
        return count;
    }

    /** {@return the number of patterns} */
    public long patternCount() {
        return patternCount;
    }

    /**
     * Returns the registrations of exactly this pattern.
     *
     * @param pattern a valid one.
     * @return windows and shapes, empty if the pattern was never registered.
     */
    public synchronized Optional<Registered> under(final String pattern) {
        return entries.get(pattern).map(Entry::registered);
    }

    /** {@return the patterns, sorted; writer only} */
    public List<String> patterns() {
        final List<String> patterns = new ArrayList<>();
        for (long block = header.registration(); block != NO_BLOCK; block = buffer.getLong(PREVIOUS_OFFSET)) {
            wrap(buffer, blocks, block);
            patterns.add(pattern(buffer, block));
        }
        Collections.sort(patterns);
        return patterns;
    }

    /**
     * Returns the registrations of a key.
     *
     * @param key a valid one.
     * @return windows and shapes of all matching patterns; possibly more windows than a series can have.
     */
    public synchronized Registered of(final String key) {
        if (patternCount == 0) {
            return Registered.NOTHING;
        }
        Registered all = Registered.NOTHING;
        for (final Entry entry : entries.matching(key)) {
            all = all.with(entry.registered());
        }
        return all;
    }

    /**
     * Adds registrations to a pattern.
     *
     * @param pattern a valid one.
     * @param added   windows and shapes.
     */
    public synchronized void add(final String pattern, final Registered added) {
        final Optional<Entry> before = entries.get(pattern);
        final long block = before.isPresent() ? before.get().block() : create(pattern);
        final Registered all = under(pattern).orElse(Registered.NOTHING).with(added);
        wrap(buffer, blocks, block);
        buffer.putLong(WINDOW_SET_OFFSET, windowSets.extended(NO_BLOCK, all.windows()));
        buffer.putShort(MOMENTS_OFFSET, all.keepsShapes() ? MOMENTS_OF_SHAPES : MOMENTS_TO_SECOND);
        entries.put(pattern, new Entry(block, all));
        header.registrationCount(++count);
    }

    private long create(final String pattern) {
        final byte[] bytes = pattern.getBytes(StandardCharsets.UTF_8);
        final long block = blocks.allocate(SMALL, TYPE_REGISTRATION, NO_SERIES);
        wrap(buffer, blocks, block);
        buffer.putLong(PREVIOUS_OFFSET, header.registration());
        buffer.putInt(PATTERN_LENGTH_OFFSET, 0);
        buffer.putShort(PATTERN_LENGTH_OFFSET, (short) bytes.length);
        buffer.putBytes(PATTERN_OFFSET, bytes);
        VarHandle.releaseFence();
        header.registration(block);
        patternCount++;
        return block;
    }

    private static void wrap(final UnsafeBuffer buffer, final ReadableBlocks blocks, final long block) {
        final long address = blocks.address(block);
        if (address == 0) {
            throw damaged(block);
        }
        buffer.wrap(address, SMALL_LENGTH);
    }

    private static IllegalStateException damaged(final long block) {
        return new DirectoryDamagedException("registrationBlock=" + block
                + " is not a registration of the store, or repeats a pattern; restore the data directory");
    }

    private static String pattern(final UnsafeBuffer buffer, final long block) {
        final int length = buffer.getShort(PATTERN_LENGTH_OFFSET);
        if (length < 0 || length > SMALL_LENGTH - PATTERN_OFFSET) {
            throw damaged(block);
        }
        final byte[] bytes = new byte[length];
        buffer.getBytes(PATTERN_OFFSET, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
