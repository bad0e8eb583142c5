package io.tollgate.core;

import io.tollgate.api.Engine;
import io.tollgate.api.PanelWatches;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.UpdateQueue;
import java.util.Map;
import java.util.TreeMap;

/** Follows what {@link ExamplePanels} watch, and keeps what is told by name. */
final class Following {
    private final Map<String, UpdateQueue> queues = new TreeMap<>();
    private final Map<String, UpdateRecorder> told;

    private Following(final Map<String, UpdateRecorder> told) {
        this.told = told;
    }

    /** The subscription, the watches with much to tell, and those of each kind. */
    static Following of(final Engine engine, final ExamplePanels panels, final Map<String, UpdateRecorder> told) {
        final Following following = new Following(told);
        following.queues.put(
                ExamplePanels.subscription().name(),
                engine.subscribe(ExamplePanels.subscription(), QueueOptions.DEFAULT));
        final ExampleWatches watches = new ExampleWatches(panels);
        following.watch(engine, watches.told());
        following.watch(engine, watches.texts());
        return following;
    }

    void watch(final Engine engine, final PanelWatches watches) {
        queues.put(watches.name(), engine.watch(watches, QueueOptions.DEFAULT));
        PanelWatchFixture.work(engine);
    }

    void drain() {
        queues.forEach((name, queue) ->
                told.computeIfAbsent(name, any -> new UpdateRecorder()).drain(queue));
    }
}
