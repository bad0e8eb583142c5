package io.tollgate.core.control;

import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Registration;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateHandler;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.UpdateRequest;
import io.tollgate.api.watch.Updates;
import io.tollgate.api.watch.WatchSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The updates of an engine, as control threads see them: subscriptions to series, and watches on panels. */
public record UpdateRequests(Subscriber subscriber, PanelWatcher watcher) implements Updates {
    @Override
    public UpdateQueue subscribe(final UpdateRequest request, final QueueOptions options) {
        Objects.requireNonNull(request, "request=null, expected a subscription or watches");
        Objects.requireNonNull(options, "options=null, expected those of the queue");
        return request instanceof WatchSet watches
                ? watcher.watch(watches, options, false)
                : subscriber.subscribe((Subscription) request, options);
    }

    @Override
    public Registration subscribe(
            final UpdateRequest request, final QueueOptions options, final UpdateHandler listener) {
        Objects.requireNonNull(request, "request=null, expected a subscription or watches");
        Objects.requireNonNull(options, "options=null, expected those of the queue");
        Objects.requireNonNull(listener, "listener=null, expected a handler");
        return request instanceof WatchSet watches
                ? watcher.watch(watches, options, listener)
                : subscriber.subscribe((Subscription) request, options, listener);
    }

    @Override
    public boolean unsubscribe(final String name) {
        Objects.requireNonNull(name, "name=null, expected the name of a subscription or of watches");
        return subscriber.unsubscribe(name) || watcher.unwatch(name);
    }

    @Override
    public List<UpdateRequest> list() {
        final List<UpdateRequest> requests = new ArrayList<>(subscriber.subscriptions());
        requests.addAll(watcher.followed());
        return List.copyOf(requests);
    }
}
