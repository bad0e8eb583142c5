package io.tollgate.bench.guard;

import java.util.Map;

/**
 * A benchmark of the hot path, and the reference that it is compared with. Both do the same number of operations an
 * invocation.
 *
 * @param name            in the file of bands.
 * @param benchmark       the method: class and name.
 * @param reference       the method it is compared with.
 * @param parameters      of both; who has no such parameter ignores it.
 * @param operationCount  operations of one invocation.
 */
public record GuardedPair(
        String name, String benchmark, String reference, Map<String, String> parameters, int operationCount) {
    /**
     * Copies the parameters.
     *
     * @param name            in the file of bands.
     * @param benchmark       the method: class and name.
     * @param reference       the method it is compared with.
     * @param parameters      of both.
     * @param operationCount  operations of one invocation.
     */
    public GuardedPair {
        parameters = Map.copyOf(parameters);
    }
}
