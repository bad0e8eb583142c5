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
 * What Chronicle asks of the operating system while it makes the file of a map: room on the disk, so that a full disk
 * is told of before the map is written to. A small file is written to for that. The native library, with which
 * Chronicle would begin, is loaded for the first large one ({@link LinuxCalls}): that takes a tenth of a second, and a
 * file in the directory for temporary ones, where libraries may be forbidden. Where it cannot be loaded, all files are
 * written to; where the operating system does not show the open files of a process, none. Chronicle also asks for what
 * a new map says of itself to be on disk, which need not be: a store that was not closed is made anew.
 *
 * <p>All else, by whomever in this process, goes to Chronicle's own way to the library. Any thread may call it.
 */
public final class PosixCalls implements InvocationHandler {
    /** Up to here writing is cheaper than the library. */
    public static final long MAX_WRITTEN_LENGTH = 1 << 24;

    private static final int MADV_RANDOM = 1;
    private static final int PIECE_LENGTH = 1 << 17;
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final ThreadLocal<Boolean> IS_MAKING = ThreadLocal.withInitial(() -> false);

    private final Supplier<PosixAPI> loading;
    private final Path descriptors;
    private PosixAPI loaded;

    /** Has Chronicle make a map. */
    @FunctionalInterface
    public interface Making<T> {
        /**
         * Makes it.
         *
         * @return the map
         * @throws IOException if the disk refuses
         */
        T make() throws IOException;
    }

    private PosixCalls(final Supplier<PosixAPI> loading, final Path descriptors) {
        this.loading = loading;
        this.descriptors = descriptors;
    }

    /**
     * Has Chronicle call this, unless it has loaded the library already, for somebody else in this process. What stands
     * in for a library that could not be loaded, or was not wanted, would say that there is room and give none.
     */
    static void install() {
        final PosixAPI installed = PosixAPIHolder.POSIX_API;
        if (installed == null || installed instanceof NoOpPosixAPI) {
            PosixAPIHolder.POSIX_API = before(installed == null ? PosixCalls::load : () -> installed, DESCRIPTORS);
        }
    }

    /**
     * Stands before a library.
     *
     * @param loading called once, when something is asked for that needs the library.
     * @param descriptors the directory in which the operating system shows the open files of this process.
     * @return what Chronicle can call.
     */
    static PosixAPI before(final Supplier<PosixAPI> loading, final Path descriptors) {
        return (PosixAPI) Proxy.newProxyInstance(
                PosixAPI.class.getClassLoader(), new Class<?>[] {PosixAPI.class}, new PosixCalls(loading, descriptors));
    }

    /**
     * Makes a map.
     *
     * @param <T> the type of the map
     * @param making by which Chronicle makes it
     * @return the map
     * @throws IOException if the disk refuses
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
     * Tells the operating system that nothing is to be read ahead in a mapping. Loads the library.
     *
     * @param address of the mapping
     * @param length of the mapping in bytes
     */
    public static void adviseRandom(final long address, final long length) {
        install();
        try {
            PosixAPIHolder.POSIX_API.madvise(address, length, MADV_RANDOM);
        } catch (final RuntimeException e) {
            // It is an advice: where the library or the system does not take it, all goes on as before.
        }
    }

    /**
     * Gives a file that is there its room by the library, which costs nothing where it has it: where that is loaded, or
     * the file is a large one, for which it is.
     *
     * @param path of the file
     * @param length of the file in bytes
     * @return false where it is to be written to
     * @throws IOException if it cannot be opened
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

    /** Who installed the library first has loaded it. */
    private static boolean hasLibraryFor(final long length) {
        final PosixAPI installed = PosixAPIHolder.POSIX_API;
        return !Proxy.isProxyClass(installed.getClass())
                || !(Proxy.getInvocationHandler(installed) instanceof PosixCalls calls)
                || calls.isWorthLoading(length) && !(calls.loaded() instanceof NoOpPosixAPI);
    }

    private synchronized boolean isWorthLoading(final long length) {
        return loaded != null || length > MAX_WRITTEN_LENGTH;
    }

    /** Whatever keeps the library from it, the disk says so once more to who writes. */
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
        final boolean isLarge = length > MAX_WRITTEN_LENGTH || !Files.isDirectory(descriptors);
        if (isLarge && !(loaded() instanceof NoOpPosixAPI)) {
            return loaded().fallocate(descriptor, mode, offset, length);
        }
        writeAgain(descriptors.resolve(Integer.toString(descriptor)), offset, length);
        return 0;
    }

    /** Writes what stands there already: a hole is zero, and has its room behind that. */
    private static void writeAgain(final Path path, final long offset, final long length) {
        final byte[] piece = new byte[PIECE_LENGTH];
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            for (long position = offset; position < offset + length; position += PIECE_LENGTH) {
                final int pieceLength = (int) Math.min(PIECE_LENGTH, offset + length - position);
                file.seek(position);
                file.readFully(piece, 0, pieceLength);
                file.seek(position);
                file.write(piece, 0, pieceLength);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + path + " length=" + length + ": the disk gives it no room", e);
        }
    }
}
