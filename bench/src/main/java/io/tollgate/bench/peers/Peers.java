package io.tollgate.bench.peers;

import io.tollgate.examples.heap.CarefulHeap;
import io.tollgate.examples.heap.DequeHeap;
import io.tollgate.examples.heap.HeapFloor;
import io.tollgate.examples.workload.Workload;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * All peers by name. Peers whose libraries are not in this jar are available only after a build with the profile {@code
 * peers}.
 */
final class Peers {
    /** In the order of the table. */
    static final List<String> NAMES =
            List.of("floor", "careful", "deques", "engine", "engine-read", "duckdb", "questdb");

    private static final Map<String, String> OUTSIDE = Map.of("duckdb", "DuckDbPeer", "questdb", "QuestDbPeer");

    private Peers() {}

    static Peer open(final String name, final Workload workload) throws ReflectiveOperationException {
        return switch (name) {
            case "floor" -> new HeapPeer(new HeapFloor(workload), false);
            case "careful" -> new HeapPeer(new CarefulHeap(workload), true);
            case "deques" -> new HeapPeer(new DequeHeap(workload), true);
            case "engine" -> new EnginePeer(workload, false);
            case "engine-read" -> new EnginePeer(workload, true);
            case "duckdb", "questdb" ->
                (Peer) Class.forName(className(name))
                        .getConstructor(Workload.class)
                        .newInstance(workload);
            default -> throw new IllegalArgumentException("peer=" + name + ", expected one of " + NAMES);
        };
    }

    /**
     * Returns true if a peer can be opened: its class is in this jar, and the jar of its libraries is in the directory.
     */
    static boolean isHere(final String name, final Path libraries) throws IOException {
        return !OUTSIDE.containsKey(name) || hasClass(name) && hasJar(name, libraries);
    }

    private static boolean hasClass(final String name) {
        return Peers.class.getResource(OUTSIDE.get(name) + ".class") != null;
    }

    private static boolean hasJar(final String name, final Path libraries) throws IOException {
        if (!Files.isDirectory(libraries)) {
            return false;
        }
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(libraries, name + "*.jar")) {
            return jars.iterator().hasNext();
        }
    }

    private static String className(final String name) {
        return Peers.class.getPackageName() + '.' + OUTSIDE.get(name);
    }
}
