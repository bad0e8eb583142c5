package io.tollgate.core.store.chronicle;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import net.openhft.chronicle.core.OS;
import net.openhft.chronicle.hash.impl.util.jna.PosixFallocate;
import net.openhft.posix.PosixAPI;
import net.openhft.posix.internal.PosixAPIHolder;
import net.openhft.posix.internal.jnr.JNRPosixAPI;
import net.openhft.posix.internal.jnr.WinJNRPosixAPI;
import net.openhft.posix.internal.noop.NoOpPosixAPI;

/**
 * Intercepts the system calls of Chronicle while it creates a map file. Chronicle preallocates the file, so that a full
 * disk is detected before the map is written to.
 * <ul>
 * <li>A small file is preallocated by writing to it.
 * <li>A large file is preallocated with the native library ({@link LinuxCalls}), and its beginning is written. The
 * first large file loads the library. Chronicle itself would load the library for any file. Loading takes a tenth of a
 * second. It needs a file in the directory for temporary files, and that directory may forbid libraries.
 * <li>If the library cannot be loaded, all files are preallocated by writing.
 * <li>If the operating system does not show the open files of a process, all files are preallocated with the library.
 * <li>Chronicle's request to force the header of a new map is skipped, because a store that was not closed is rebuilt.
 * </ul>
 *
 * <p>All other calls, by any code in this process, go to Chronicle's own implementation. Any thread may call it.
 */
public final class PosixCalls implements InvocationHandler {
    /** The maximum length in bytes for which writing is cheaper than loading the library. */
    public static final long MAX_WRITTEN_LENGTH = 1 << 24;

    private static final int MADV_RANDOM = 1;
    private static final int PIECE_LENGTH = 1 << 17;

    /**
     * The first 512th of a large file is written after the file is allocated. Chronicle reads the lookup table of a new
     * map there; that of a map with long entries lies within this part. If the table were not in memory, the operating
     * system would read ahead: up to 8 MiB in one call, during which no other thread gets the processor.
     */
    private static final int LOOKUP_SHIFT = 9;

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final ThreadLocal<Boolean> IS_MAKING = ThreadLocal.withInitial(() -> false);

    private final Supplier<PosixAPI> loading;
    private final Path descriptors;
    private PosixAPI loaded;

    /** Creates a map with Chronicle. */
    @FunctionalInterface
    public interface Making<T> {
        /**
         * Creates the map.
         *
         * @return the map
         * @throws IOException if a file operation fails
         */
        T make() throws IOException;
    }

    private PosixCalls(final Supplier<PosixAPI> loading, final Path descriptors) {
        this.loading = loading;
        this.descriptors = descriptors;
    }

    /**
     * Makes Chronicle call this class, unless the process has already loaded the library for other code. Chronicle's
     * substitute for an unavailable or unwanted library would report success without allocating space.
     */
    static void install() {
        final PosixAPI installed = PosixAPIHolder.POSIX_API;
        if (installed == null || installed instanceof NoOpPosixAPI) {
            PosixAPIHolder.POSIX_API = before(installed == null ? PosixCalls::load : () -> installed, DESCRIPTORS);
        }
    }

    /**
     * Creates a proxy in front of a library.
     *
     * @param loading loads the library at the first call that needs it; called again only if it threw.
     * @param descriptors the directory in which the operating system shows the open files of this process.
     * @return an API for Chronicle.
     */
    static PosixAPI before(final Supplier<PosixAPI> loading, final Path descriptors) {
        return (PosixAPI) Proxy.newProxyInstance(
                PosixAPI.class.getClassLoader(), new Class<?>[] {PosixAPI.class}, new PosixCalls(loading, descriptors));
    }

    /**
     * Creates a map, and intercepts the system calls of this thread meanwhile.
     *
     * @param <T> the type of the map
     * @param making creates the map with Chronicle
     * @return the map
     * @throws IOException if a file operation fails
     */
    public static <T> T whileMaking(final Making<T> making) throws IOException {
        install();
        IS_MAKING.set(true);
        try {
            return making.make();
        } finally {
            IS_MAKING.remove();
        }
    }

    /**
     * Advises the operating system against read-ahead in a mapping. Loads the library.
     *
     * @param address of the mapping
     * @param length of the mapping in bytes
     */
    public static void adviseRandom(final long address, final long length) {
        install();
        try {
            PosixAPIHolder.POSIX_API.madvise(address, length, MADV_RANDOM);
        } catch (final RuntimeException e) {
            // The advice is optional. The mapping also works if the library or the system refuses it.
        }
    }

    /**
     * Preallocates an existing file with the library, if the library is already loaded or the file is large enough to
     * load it. The call is cheap if the space is already allocated.
     *
     * @param path of the file
     * @param length of the file in bytes
     * @return false if the caller must preallocate by writing
     * @throws IOException if the file cannot be opened
     */
    public static boolean allocate(final Path path, final long length) throws IOException {
        install();
        if (length == 0 || !hasLibraryFor(length)) {
            return false;
        }
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            return isAllocated(file, length);
        }
    }

    /** A library that other code has installed counts as loaded. */
    private static boolean hasLibraryFor(final long length) {
        final PosixAPI installed = PosixAPIHolder.POSIX_API;
        return !Proxy.isProxyClass(installed.getClass())
                || !(Proxy.getInvocationHandler(installed) instanceof PosixCalls calls)
                || calls.isWorthLoading(length) && !(calls.loaded() instanceof NoOpPosixAPI);
    }

    private synchronized boolean isWorthLoading(final long length) {
        return loaded != null || length > MAX_WRITTEN_LENGTH;
    }

    /** Returns false on any failure. If the disk is the cause, the caller's own writes fail too and report it. */
    private static boolean isAllocated(final RandomAccessFile file, final long length) {
        try {
            PosixFallocate.fallocate(file.getFD(), 0, length);
            return true;
        } catch (final IOException | RuntimeException | LinkageError e) {
            return false;
        }
    }

    private static PosixAPI load() {
        try {
            if (OS.isLinux() && OS.is64Bit()) {
                return LinuxCalls.before(JNRPosixAPI::new);
            }
            return OS.isWindows() ? new WinJNRPosixAPI() : new JNRPosixAPI();
        } catch (final RuntimeException | LinkageError e) {
            return new NoOpPosixAPI(e.toString());
        }
    }

    private synchronized PosixAPI loaded() {
        if (loaded == null) {
            loaded = loading.get();
        }
        return loaded;
    }

    @Override
    public Object invoke(final Object proxy, final Method method, final Object[] arguments) throws Throwable {
        if (IS_MAKING.get()) {
            switch (method.getName()) {
                case "fallocate":
                    return allocate((int) arguments[0], (int) arguments[1], (long) arguments[2], (long) arguments[3]);
                case "msync":
                    return 0;
                default:
                    break;
            }
        }
        try {
            return method.invoke(loaded(), arguments);
        } catch (final InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private int allocate(final int descriptor, final int mode, final long offset, final long length) {
        final boolean isShown = Files.isDirectory(descriptors);
        final Path file = descriptors.resolve(Integer.toString(descriptor));
        if ((length > MAX_WRITTEN_LENGTH || !isShown) && !(loaded() instanceof NoOpPosixAPI)) {
            final int result = loaded().fallocate(descriptor, mode, offset, length);
            if (result == 0 && isShown) {
                writeAgain(file, offset, length >> LOOKUP_SHIFT);
            }
            return result;
        }
        writeAgain(file, offset, length);
        return 0;
    }

    /**
     * Rewrites the existing bytes. A hole reads as zeros, and the write allocates its space. The pieces are in falling
     * order, because the operating system reads ahead if positions rise.
     */
    private static void writeAgain(final Path path, final long offset, final long length) {
        final byte[] piece = new byte[PIECE_LENGTH];
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            for (long end = offset + length; end > offset; end -= PIECE_LENGTH) {
                final int pieceLength = (int) Math.min(PIECE_LENGTH, end - offset);
                file.seek(end - pieceLength);
                file.readFully(piece, 0, pieceLength);
                file.seek(end - pieceLength);
                file.write(piece, 0, pieceLength);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + path + " length=" + length + ": the disk gives it no room", e);
        }
    }
}
