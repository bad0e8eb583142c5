package io.tollgate.flink;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;

/**
 * The memory off the heap that a slot of a task manager may use: an equal part of
 * {@code taskmanager.memory.task.off-heap.size}. Immutable.
 *
 * @param limitBytes the bytes; 0 if the size is not configured, so that nothing is checked.
 */
record OffHeapBudget(long limitBytes) {
    static OffHeapBudget of(final Configuration taskManager) {
        final MemorySize size = taskManager.get(TaskManagerOptions.TASK_OFF_HEAP_MEMORY);
        return new OffHeapBudget(
                size.equals(MemorySize.MAX_VALUE)
                        ? 0
                        : size.getBytes() / taskManager.get(TaskManagerOptions.NUM_TASK_SLOTS));
    }

    /** Refuses a job that needs more, by its own statement. */
    void requirePlanned(final long plannedBytes) {
        require("plannedBytes", plannedBytes);
    }

    /** Refuses to hold more. */
    void requireUsed(final long offHeapBytes) {
        require("offHeapBytes", offHeapBytes);
    }

    private void require(final String name, final long bytes) {
        if (limitBytes > 0 && bytes > limitBytes) {
            throw new IllegalStateException(name + '=' + bytes + ", expected at most " + limitBytes
                    + " in a slot; raise " + TaskManagerOptions.TASK_OFF_HEAP_MEMORY.key()
                    + " of the task managers, or the parallelism of the job");
        }
    }
}
