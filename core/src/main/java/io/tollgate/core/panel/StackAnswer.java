package io.tollgate.core.panel;

import io.tollgate.api.panel.Stack;
import io.tollgate.api.panel.StackReading;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.ReadingText;
import io.tollgate.core.read.LevelReader;
import java.util.Objects;

/** The answer of one read of a stack: exact terms. Used by one thread. */
final class StackAnswer extends PanelAnswer implements StackReading {
    private final Stack stack;
    private final StackScan scan;
    private final int unitDigits;

    StackAnswer(final Stack stack, final StackScan scan, final LevelReader reader) {
        super(reader, scan.levels());
        this.stack = stack;
        this.scan = scan;
        unitDigits = stack.compositions().get(0).unit().shareDigits();
    }

    @Override
    public StackReading read(final long entryNs, final long loadedNs) {
        Instants.requireInRange(entryNs);
        if (loadedNs != Instants.NONE) {
            Instants.requireInRange(loadedNs);
        }
        fill(scan.of(entryNs, loadedNs));
        return this;
    }

    @Override
    public Stack stack() {
        return stack;
    }

    @Override
    public Status status() {
        return isRead() ? scan.status() : outcome();
    }

    @Override
    public double rate() {
        return status().hasValue() ? scan.terms().total(scan.layerCount()) : Double.NaN;
    }

    @Override
    public double rate(final int layer) {
        if (!status().hasValue()) {
            return Double.NaN;
        }
        return scan.terms().value(Objects.checkIndex(layer, scan.layerCount()));
    }

    @Override
    public int composition() {
        return isRead() ? scan.composition() : LayerPlan.NONE;
    }

    @Override
    public long duty(final int layer, final long amount) {
        requireValue();
        if (amount == Decimals.UNKNOWN) {
            throw new ArithmeticException("amount=" + amount + ", expected above -2^63");
        }
        return scan.terms().amount(Objects.checkIndex(layer, scan.layerCount()), amount, unitDigits);
    }

    @Override
    public long duty(final long amount) {
        requireValue();
        long duty = 0;
        for (int i = 0; i < scan.layerCount(); i++) {
            duty = Math.addExact(duty, duty(i, amount));
        }
        return duty;
    }

    private void requireValue() {
        if (!status().hasValue()) {
            throw new IllegalStateException(
                    "status=" + status() + ", expected OK or PARTIAL: the stack has no rate at this instant");
        }
    }

    @Override
    public long nextChangeAtNs() {
        return isRead() ? scan.nextChangeAtNs() : Instants.NONE;
    }

    @Override
    public String toString() {
        return new ReadingText("StackReading").answer("rate", status(), rate()).toString();
    }
}
