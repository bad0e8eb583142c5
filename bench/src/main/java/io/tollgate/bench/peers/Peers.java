package io.tollgate.bench.peers;

import io.tollgate.examples.heap.CarefulHeap;
import io.tollgate.examples.heap.DequeHeap;
import io.tollgate.examples.heap.HeapFloor;
import io.tollgate.examples.workload.Workload;
import java.util.List;

/** All peers by name. Those whose libraries are not in this jar are found only where the profile has put them. */
final class Peers {
    /** In the order of the table. */
    static final List<String> NAMES = List.of("floor", "careful", "deques", "engine", "duckdb", "questdb");

    private Peers() {}

    static Peer open(final String name, final Workload workload) throws ReflectiveOperationException {
        return switch (name) {
            case "floor" -> new HeapPeer(new HeapFloor(workload));
            case "careful" -> new HeapPeer(new CarefulHeap(workload));
            case "deques" -> new HeapPeer(new DequeHeap(workload));
            case "engine" -> new EnginePeer(workload);
            case "duckdb" -> load("DuckDbPeer", workload);
            case "questdb" -> load("QuestDbPeer", workload);
            default -> throw new IllegalArgumentException("peer=" + name + ", expected one of " + NAMES);
        };
    }

    private static Peer load(final String type, final Workload workload) throws ReflectiveOperationException {
        try {
            return (Peer) Class.forName(Peers.class.getPackageName() + "." + type)
                    .getConstructor(Workload.class)
                    .newInstance(workload);
        } catch (final ClassNotFoundException e) {
            throw new ClassNotFoundException("peer=" + type + " is not in this jar; build it with -Ppeers", e);
        }
    }
}
