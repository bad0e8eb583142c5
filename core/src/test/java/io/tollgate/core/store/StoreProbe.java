package io.tollgate.core.store;

import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.manifest.DirectoryLock;
import io.tollgate.core.store.chain.NameMap;
import io.tollgate.core.store.chain.RecordChain;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** The program of the child JVMs: uses the store in a directory, and prints the running threads. */
public final class StoreProbe {
    private StoreProbe() {}

    public static void main(final String[] arguments) {
        final Path directory = Path.of(arguments[0]);
        try (DirectoryLock lock = DirectoryLock.acquire(directory);
                RecordChain records =
                        RecordChain.persisted(new SystemFileAccess(), lock.directory(), "records", 64, 16);
                NameMap names = NameMap.persisted(new SystemFileAccess(), lock.directory(), "names", 16);
                RecordChain anonymous = RecordChain.anonymous("anonymous", 64, 16)) {
            for (int i = 0; i < 100; i++) {
                names.put("series." + records.append(), anonymous.append());
            }
            records.force();
            names.force();
            System.out.println(names.find("series.42"));
            System.out.println(Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> !"system".equals(thread.getThreadGroup().getName()))
                    .map(Thread::getName)
                    .filter(name -> !"Common-Cleaner".equals(name))
                    .sorted()
                    .collect(Collectors.joining(",")));
        }
    }
}
