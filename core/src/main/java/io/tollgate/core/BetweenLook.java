package io.tollgate.core;

import io.tollgate.api.Status;
import io.tollgate.api.WatchedPanel;

/** Two panels beside each other, both read at one instant. */
final class BetweenLook implements PanelLook {
    private final PanelLook first;
    private final PanelLook second;
    private final boolean isQuotient;

    BetweenLook(final PanelLook first, final PanelLook second, final WatchedPanel.Relation relation) {
        this.first = first;
        this.second = second;
        isQuotient = relation == WatchedPanel.Relation.QUOTIENT;
    }

    @Override
    public boolean read(final long atNs) {
        return first.read(atNs) && second.read(atNs);
    }

    @Override
    public Status status() {
        final Status less = first.status().compareTo(second.status()) < 0 ? first.status() : second.status();
        return less.hasValue() && isQuotient && second.value() == 0 ? Status.UNDEFINED : less;
    }

    @Override
    public double value() {
        if (!status().hasValue()) {
            return Double.NaN;
        }
        return isQuotient ? first.value() / second.value() : first.value() - second.value();
    }

    @Override
    public boolean findNext(final long atNs) {
        return first.findNext(atNs) && second.findNext(atNs);
    }

    @Override
    public long nextNs() {
        return Math.min(first.nextNs(), second.nextNs());
    }

    @Override
    public boolean isSteady() {
        return first.isSteady() && second.isSteady();
    }

    @Override
    public boolean keepsItsPast() {
        return first.keepsItsPast() && second.keepsItsPast();
    }

    @Override
    public boolean findHorizon() {
        return first.findHorizon() && second.findHorizon();
    }

    @Override
    public long horizonNs() {
        return Math.max(first.horizonNs(), second.horizonNs());
    }

    @Override
    public long changed(final long seriesNumber, final long fromNs) {
        return Math.min(first.changed(seriesNumber, fromNs), second.changed(seriesNumber, fromNs));
    }
}
