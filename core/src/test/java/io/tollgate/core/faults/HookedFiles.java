package io.tollgate.core.faults;

import io.tollgate.core.file.DataFile;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.SystemFileAccess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The system's files, with a hook before and after each modifying call. */
public class HookedFiles implements FileAccess {
    public enum Call {
        CREATE,
        CREATE_DIRECTORY,
        WRITE,
        FORCE,
        RENAME,
        DELETE,
        FORCE_DIRECTORY
    }

    /** Receives a call before it is made. */
    @FunctionalInterface
    public interface Before {
        void tell(Call call, Path file) throws IOException;
    }

    /** Receives a call after it was made. */
    @FunctionalInterface
    public interface After {
        void tell(Call call, Path file, Path target) throws IOException;
    }

    /** {@return files that call a hook before each call; an exception of the hook is that of the call} */
    public static HookedFiles beforeEach(final Before before) {
        return new HookedFiles() {
            @Override
            public void before(final Call call, final Path file) throws IOException {
                before.tell(call, file);
            }
        };
    }

    /** {@return files that call a hook after each call} */
    public static HookedFiles afterEach(final After after) {
        return new HookedFiles() {
            @Override
            public void after(final Call call, final Path file, final Path target) throws IOException {
                after.tell(call, file, target);
            }
        };
    }

    private final FileAccess files = new SystemFileAccess();

    /** Runs before a call. Its exception becomes the exception of the call. */
    public void before(final Call call, final Path file) throws IOException {
        // Does nothing by default.
    }

    /** Runs after a call. The target is the new name of a renamed file, else the file. */
    public void after(final Call call, final Path file, final Path target) throws IOException {
        // Does nothing by default.
    }

    /** Runs after a write to a file. */
    public void written(final Path file, final long position, final int length) {
        // Does nothing by default.
    }

    /** Runs before a file is closed. Its exception becomes that of the close, which leaves the file open. */
    void beforeClose(final Path file) {
        // Does nothing by default.
    }

    /** Runs before a file is mapped. */
    public void beforeMap(final Path file) {
        // Does nothing by default.
    }

    /** A read or write of the remaining bytes of a buffer. */
    @FunctionalInterface
    public interface Transfer {
        int of(ByteBuffer part) throws IOException;
    }

    /** Reads or writes as much as the system does in one call. An override may transfer less. */
    public int transfer(final ByteBuffer buffer, final boolean isWrite, final Transfer transfer) throws IOException {
        return transfer.of(buffer);
    }

    private interface Action {
        void run() throws IOException;
    }

    private void hook(final Call call, final Path file, final Path target, final Action action) throws IOException {
        before(call, file);
        action.run();
        after(call, file, target);
    }

    @Override
    public DataFile create(final Path file) throws IOException {
        before(Call.CREATE, file);
        final DataFile created = new HookedFile(file, files.create(file));
        after(Call.CREATE, file, file);
        return created;
    }

    @Override
    public DataFile openForRead(final Path file) throws IOException {
        return new HookedFile(file, files.openForRead(file));
    }

    @Override
    public DataFile openForWrite(final Path file) throws IOException {
        return new HookedFile(file, files.openForWrite(file));
    }

    @Override
    public void createDirectory(final Path directory) throws IOException {
        hook(Call.CREATE_DIRECTORY, directory, directory, () -> files.createDirectory(directory));
    }

    @Override
    public void createPublicDirectory(final Path directory) throws IOException {
        hook(Call.CREATE_DIRECTORY, directory, directory, () -> files.createPublicDirectory(directory));
    }

    @Override
    public void rename(final Path file, final Path target) throws IOException {
        hook(Call.RENAME, file, target, () -> files.rename(file, target));
    }

    @Override
    public List<Path> list(final Path directory) throws IOException {
        return files.list(directory);
    }

    @Override
    public void delete(final Path file) throws IOException {
        hook(Call.DELETE, file, file, () -> files.delete(file));
    }

    @Override
    public void forceDirectory(final Path directory) throws IOException {
        hook(Call.FORCE_DIRECTORY, directory, directory, () -> files.forceDirectory(directory));
    }

    @Override
    public void forceMapped(final Path file, final Forcing forcing) throws IOException {
        hook(Call.FORCE, file, file, () -> files.forceMapped(file, forcing));
    }

    @Override
    public long usableBytes(final Path directory) throws IOException {
        return files.usableBytes(directory);
    }

    private final class HookedFile implements DataFile {
        private final Path path;
        private final DataFile file;

        HookedFile(final Path path, final DataFile file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int read(final ByteBuffer target, final long position) throws IOException {
            return transfer(target, false, part -> file.read(part, position));
        }

        @Override
        public int write(final ByteBuffer source, final long position) throws IOException {
            before(Call.WRITE, path);
            final int written = transfer(source, true, part -> file.write(part, position));
            written(path, position, written);
            after(Call.WRITE, path, path);
            return written;
        }

        @Override
        public MappedByteBuffer map(final long length) throws IOException {
            beforeMap(path);
            return file.map(length);
        }

        @Override
        public void force() throws IOException {
            hook(Call.FORCE, path, path, file::force);
        }

        @Override
        public void forceAndClose(final BooleanSupplier rest) throws IOException {
            hook(Call.FORCE, path, path, () -> file.forceAndClose(rest));
        }

        @Override
        public void close() throws IOException {
            beforeClose(path);
            file.close();
        }
    }
}
