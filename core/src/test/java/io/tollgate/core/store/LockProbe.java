package io.tollgate.core.store;

import io.tollgate.core.manifest.DirectoryLock;
import java.io.IOException;
import java.nio.file.Path;

/** A child JVM that holds a directory until its input ends or it is killed. */
public final class LockProbe {
    private LockProbe() {}

    public static void main(final String[] arguments) throws IOException {
        final DirectoryLock lock = DirectoryLock.acquire(Path.of(arguments[0]));
        System.out.println("held");
        if (System.in.read() < 0) {
            lock.close();
        }
    }
}
