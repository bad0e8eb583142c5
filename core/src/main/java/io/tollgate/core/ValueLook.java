package io.tollgate.core;

import io.tollgate.api.MetricReader;
import io.tollgate.api.Status;
import io.tollgate.api.WatchedValue;
import java.util.Optional;
import org.agrona.ErrorHandler;

/** A value that is read as of instants, with all that is known now or, as known, with what was known at each. */
final class ValueLook implements PanelLook {
    private final WatchedValue.Look look;
    private final ChangeInstants instants;
    private final VersionInstants versions;
    private final boolean isAsKnown;
    private final ErrorHandler errorHandler;
    private Status status = Status.EMPTY;
    private double value = Double.NaN;
    private long nextNs;

    /**
     * @param look         reads it.
     * @param instants     at which it changes by itself.
     * @param versions     where a version of its series begins or ends to count; empty if it is not as known.
     * @param errorHandler is told what the look throws, errors too.
     */
    ValueLook(
            final WatchedValue.Look look,
            final ChangeInstants instants,
            final Optional<VersionInstants> versions,
            final ErrorHandler errorHandler) {
        this.look = look;
        this.instants = instants;
        this.versions = versions.orElse(VersionInstants.NONE);
        this.errorHandler = errorHandler;
        isAsKnown = versions.isPresent();
    }

    @Override
    public boolean read(final long atNs) {
        try {
            look.read(atNs, isAsKnown ? atNs : MetricReader.ALL_KNOWN);
            status = look.status();
            value = status.hasValue() ? look.value() : Double.NaN;
        } catch (final Throwable e) {
            status = Status.UNDEFINED;
            value = Double.NaN;
            errorHandler.onError(e);
        }
        return status != Status.CONTENDED;
    }

    @Override
    public Status status() {
        return status;
    }

    @Override
    public double value() {
        return value;
    }

    @Override
    public boolean findNext(final long atNs) {
        if (!instants.find(atNs) || !versions.find(atNs)) {
            return false;
        }
        nextNs = Math.min(instants.nextNs(), versions.nextNs());
        return true;
    }

    @Override
    public long nextNs() {
        return nextNs;
    }

    @Override
    public boolean isSteady() {
        return false;
    }

    @Override
    public boolean keepsItsPast() {
        return isAsKnown;
    }

    @Override
    public boolean findHorizon() {
        return versions.findHorizon();
    }

    @Override
    public long horizonNs() {
        return versions.horizonNs();
    }

    @Override
    public long changed(final long seriesNumber, final long fromNs) {
        final long changedFromNs = instants.changed(seriesNumber, fromNs);
        return isAsKnown ? versions.changed(seriesNumber) : changedFromNs;
    }
}
