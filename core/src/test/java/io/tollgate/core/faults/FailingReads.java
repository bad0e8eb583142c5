package io.tollgate.core.faults;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * A file system whose queries about files can fail. The caller then does not learn if a file exists, or its type. All
 * other operations go to the system's file system.
 */
public final class FailingReads extends FileSystemProvider {
    private static final FileSystem SYSTEM = FileSystems.getDefault();

    private final FileSystemProvider system = SYSTEM.provider();
    private final FileSystem fileSystem = new LookedAt();
    private final Looking looking;

    /** Receives each query before it is made. */
    @FunctionalInterface
    public interface Looking {
        /** Throws the exceptions of the file access. */
        void at(Path path) throws IOException;

        /**
         * Receives the read of the next entry of a directory, or of its end. The default treats it as a query for the
         * directory.
         */
        default void atEntryOf(final Path directory) throws IOException {
            at(directory);
        }

        /** Receives a query for the file store. The default treats it as a query for the path. */
        default void atFileStoreOf(final Path path) throws IOException {
            // The query succeeds.
        }
    }

    private FailingReads(final Looking looking) {
        this.looking = looking;
    }

    /** Returns a path to the same file. Paths derived from it also call the given object. */
    public static Path over(final Path path, final Looking looking) {
        return new FailingReads(looking).over(path);
    }

    private Path over(final Path path) {
        return (Path) Proxy.newProxyInstance(
                FailingReads.class.getClassLoader(), new Class<?>[] {Path.class}, new LookedAtPath(path));
    }

    private static Path under(final Path path) {
        return (Path) under((Object) path);
    }

    private static Object under(final Object any) {
        return any instanceof Path && Proxy.isProxyClass(any.getClass())
                ? ((LookedAtPath) Proxy.getInvocationHandler(any)).path
                : any;
    }

    /** A path of the system whose file system is this one. */
    private final class LookedAtPath implements InvocationHandler {
        private final Path path;

        LookedAtPath(final Path path) {
            this.path = path;
        }

        @Override
        public Object invoke(final Object proxy, final Method method, final Object[] arguments) throws Throwable {
            if (method.getName().equals("getFileSystem")) {
                return fileSystem;
            }
            try {
                final Object result = method.invoke(
                        path,
                        arguments == null
                                ? null
                                : Arrays.stream(arguments)
                                        .map(FailingReads::under)
                                        .toArray());
                return result instanceof Path found ? over(found) : result;
            } catch (final InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }

    @Override
    public void checkAccess(final Path path, final AccessMode... modes) throws IOException {
        looking.at(under(path));
        system.checkAccess(under(path), modes);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(
            final Path path, final Class<A> type, final LinkOption... options) throws IOException {
        looking.at(under(path));
        return system.readAttributes(under(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(final Path path, final String attributes, final LinkOption... options)
            throws IOException {
        looking.at(under(path));
        return system.readAttributes(under(path), attributes, options);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(
            final Path path, final Class<V> type, final LinkOption... options) {
        return system.getFileAttributeView(under(path), type, options);
    }

    @Override
    public void setAttribute(final Path path, final String attribute, final Object value, final LinkOption... options)
            throws IOException {
        system.setAttribute(under(path), attribute, value, options);
    }

    @Override
    public FileChannel newFileChannel(
            final Path path, final Set<? extends OpenOption> options, final FileAttribute<?>... attributes)
            throws IOException {
        return system.newFileChannel(under(path), options, attributes);
    }

    @Override
    public SeekableByteChannel newByteChannel(
            final Path path, final Set<? extends OpenOption> options, final FileAttribute<?>... attributes)
            throws IOException {
        return system.newByteChannel(under(path), options, attributes);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(
            final Path directory, final DirectoryStream.Filter<? super Path> filter) throws IOException {
        final DirectoryStream<Path> entries =
                system.newDirectoryStream(under(directory), entry -> filter.accept(over(entry)));
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return new Entries(under(directory), entries.iterator());
            }

            @Override
            public void close() throws IOException {
                entries.close();
            }
        };
    }

    /** The entries of a directory; the listing may fail before its end. */
    private final class Entries implements Iterator<Path> {
        private final Path directory;
        private final Iterator<Path> entries;

        Entries(final Path directory, final Iterator<Path> entries) {
            this.directory = directory;
            this.entries = entries;
        }

        @Override
        public boolean hasNext() {
            try {
                looking.atEntryOf(directory);
            } catch (final IOException e) {
                throw new DirectoryIteratorException(e);
            }
            return entries.hasNext();
        }

        @Override
        public Path next() {
            return over(entries.next());
        }
    }

    @Override
    public void createDirectory(final Path directory, final FileAttribute<?>... attributes) throws IOException {
        system.createDirectory(under(directory), attributes);
    }

    @Override
    public void delete(final Path path) throws IOException {
        system.delete(under(path));
    }

    @Override
    public void copy(final Path source, final Path target, final CopyOption... options) throws IOException {
        system.copy(under(source), under(target), options);
    }

    @Override
    public void move(final Path source, final Path target, final CopyOption... options) throws IOException {
        system.move(under(source), under(target), options);
    }

    @Override
    public Path readSymbolicLink(final Path link) throws IOException {
        return over(system.readSymbolicLink(under(link)));
    }

    @Override
    public boolean isSameFile(final Path path, final Path other) throws IOException {
        return system.isSameFile(under(path), under(other));
    }

    @Override
    public boolean isHidden(final Path path) throws IOException {
        return system.isHidden(under(path));
    }

    @Override
    public FileStore getFileStore(final Path path) throws IOException {
        looking.atFileStoreOf(under(path));
        return system.getFileStore(under(path));
    }

    @Override
    public String getScheme() {
        return "failing-looks";
    }

    @Override
    public FileSystem newFileSystem(final URI uri, final Map<String, ?> environment) {
        throw new UnsupportedOperationException("uri=" + uri);
    }

    @Override
    public FileSystem getFileSystem(final URI uri) {
        throw new UnsupportedOperationException("uri=" + uri);
    }

    @Override
    public Path getPath(final URI uri) {
        throw new UnsupportedOperationException("uri=" + uri);
    }

    private final class LookedAt extends FileSystem {
        @Override
        public FileSystemProvider provider() {
            return FailingReads.this;
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isOpen() {
            return SYSTEM.isOpen();
        }

        @Override
        public boolean isReadOnly() {
            return SYSTEM.isReadOnly();
        }

        @Override
        public String getSeparator() {
            return SYSTEM.getSeparator();
        }

        @Override
        public Iterable<Path> getRootDirectories() {
            return SYSTEM.getRootDirectories();
        }

        @Override
        public Iterable<FileStore> getFileStores() {
            return SYSTEM.getFileStores();
        }

        @Override
        public Set<String> supportedFileAttributeViews() {
            return SYSTEM.supportedFileAttributeViews();
        }

        @Override
        public Path getPath(final String first, final String... more) {
            return over(SYSTEM.getPath(first, more));
        }

        @Override
        public PathMatcher getPathMatcher(final String pattern) {
            final PathMatcher matcher = SYSTEM.getPathMatcher(pattern);
            return path -> matcher.matches(under(path));
        }

        @Override
        public UserPrincipalLookupService getUserPrincipalLookupService() {
            return SYSTEM.getUserPrincipalLookupService();
        }

        @Override
        public WatchService newWatchService() throws IOException {
            return SYSTEM.newWatchService();
        }
    }
}
