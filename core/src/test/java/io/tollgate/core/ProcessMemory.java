package io.tollgate.core;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What the memory of this process holds that is still needed: after garbage was collected and what it held was freed,
 * and after the C library has given back what was freed. So nothing in it depends on when the collector ran last, nor
 * on how large the heap has become meanwhile.
 *
 * @param heapBytes   of objects.
 * @param directBytes of buffers outside the heap.
 * @param nativeBytes of memory outside the heap that is no file's, the buffers included: also what the JVM has for
 *                    itself.
 */
public record ProcessMemory(long heapBytes, long directBytes, long nativeBytes) {
    private static final Path MAPPINGS = Path.of("/proc/self/smaps");
    private static final Pattern ADDRESS = Pattern.compile("0x([0-9a-f]+)");
    private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-[0-9a-f]+ .*");
    private static final Pattern ANONYMOUS = Pattern.compile("Anonymous: +(\\d+) kB");
    private static final int COLLECTIONS = 3;
    private static final long AWAITED_MS = 1_000;

    /** Looks at it now. */
    static ProcessMemory now() throws IOException {
        for (int i = 0; i < COLLECTIONS; i++) {
            collect();
        }
        tell("systemTrimNativeHeap");
        return new ProcessMemory(usedHeapBytes(), usedDirectBytes(), usedNativeBytes());
    }

    /** Bytes of objects that the last collection has left; what threads have been given since is not in it. */
    private static long usedHeapBytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
                .mapToLong(pool -> pool.getCollectionUsage().getUsed())
                .sum();
    }

    /** {@return bytes of buffers outside the heap, those included that are garbage and not collected yet} */
    public static long usedDirectBytes() {
        return usedBytes("direct");
    }

    /** {@return bytes of buffers that are files, those included that are garbage and not collected yet} */
    static long usedMappedBytes() {
        return usedBytes("mapped");
    }

    private static long usedBytes(final String poolName) {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals(poolName))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    /**
     * Collects garbage, and waits until the JVM has begun to act on what it found: what it found the time before has
     * been freed then.
     */
    private static void collect() {
        final ReferenceQueue<Object> queue = new ReferenceQueue<>();
        final Reference<Object> garbage = new PhantomReference<>(new Object(), queue);
        System.gc();
        try {
            while (queue.remove(AWAITED_MS) != garbage) {
                System.gc();
            }
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static long usedNativeBytes() throws IOException {
        long heapStart = Long.MAX_VALUE;
        long heapEnd = 0;
        final Matcher addresses = ADDRESS.matcher(tell("gcHeapInfo").split("Metaspace")[0]);
        while (addresses.find()) {
            final long address = Long.parseLong(addresses.group(1), 16);
            heapStart = Math.min(heapStart, address);
            heapEnd = Math.max(heapEnd, address);
        }
        if (heapEnd == 0) {
            throw new AssertionError("the JVM does not tell where its heap is");
        }
        return anonymousBytes(Files.readAllLines(MAPPINGS), heapStart, heapEnd);
    }

    /** Bytes of memory that is no file's, in mappings that begin outside a range of addresses. */
    private static long anonymousBytes(final List<String> lines, final long from, final long to) {
        long kibibytes = 0;
        boolean isInside = false;
        for (final String line : lines) {
            final Matcher mapping = MAPPING.matcher(line);
            final Matcher anonymous = ANONYMOUS.matcher(line);
            if (mapping.matches()) {
                final long start = Long.parseUnsignedLong(mapping.group(1), 16);
                isInside = start >= from && start < to;
            } else if (anonymous.matches() && !isInside) {
                kibibytes += Long.parseLong(anonymous.group(1));
            }
        }
        return kibibytes * 1_024;
    }

    /** Gives the JVM a command, as {@code jcmd} does. */
    private static String tell(final String command) {
        try {
            return String.valueOf(ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            command,
                            new Object[] {},
                            new String[] {}));
        } catch (final JMException e) {
            throw new AssertionError("command=" + command, e);
        }
    }

    @Override
    public String toString() {
        return "heapBytes=" + heapBytes + " directBytes=" + directBytes + " nativeBytes=" + nativeBytes;
    }
}
