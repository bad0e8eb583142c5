package io.tollgate.api.licence;

import io.tollgate.api.series.Instants;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All events with one reference: a case, or a row of a report. Immutable. */
final class LicenceCase {
    private final Map<LicenceEventKind, LicenceEvent> events;

    LicenceCase() {
        events = new EnumMap<>(LicenceEventKind.class);
    }

    private LicenceCase(final Map<LicenceEventKind, LicenceEvent> events) {
        this.events = events;
    }

    /** Returns a copy with one more event, or with another event of its kind. */
    LicenceCase with(final LicenceEvent event) {
        final Map<LicenceEventKind, LicenceEvent> next = new EnumMap<>(events);
        next.put(event.kind(), event);
        return new LicenceCase(next);
    }

    LicenceCase without(final LicenceEventKind kind) {
        final Map<LicenceEventKind, LicenceEvent> next = new EnumMap<>(events);
        next.remove(kind);
        return new LicenceCase(next);
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    Optional<LicenceEvent> event(final LicenceEventKind kind) {
        return Optional.ofNullable(events.get(kind));
    }

    Collection<LicenceEvent> events() {
        return events.values();
    }

    /** Returns the event that ends the pending state of the application. */
    Optional<LicenceEvent> closing() {
        return events.values().stream()
                .filter(event -> event.kind().isClosing())
                .findFirst();
    }

    /** Returns the expiry that was set at issue, for the licences not revoked; empty if an event EXPIRED exists. */
    Optional<LicenceEvent> scheduledEnd() {
        final LicenceEvent issued = events.get(LicenceEventKind.ISSUED);
        if (issued == null || issued.expiresNs() == Instants.NONE || events.containsKey(LicenceEventKind.EXPIRED)) {
            return Optional.empty();
        }
        final LicenceEvent revoked = events.get(LicenceEventKind.REVOKED);
        final long left = issued.count() - (revoked == null ? 0 : revoked.count());
        return left <= 0
                ? Optional.empty()
                : Optional.of(new LicenceEvent(
                        LicenceEventKind.EXPIRED,
                        issued.reference(),
                        left,
                        issued.expiresNs(),
                        Instants.NONE,
                        issued.knownNs()));
    }

    /**
     * Returns the number of licences in force at the start that this case ends, 0 or 1. The case then has no other
     * event.
     */
    long openingEndCount() {
        return events.size() == 1 ? ends().count() : 0;
    }

    private Stream<LicenceEvent> ends() {
        return events.values().stream().filter(event -> event.kind().isEndOfLicence());
    }

    /**
     * Checks that the events belong to one application and one licence.
     *
     * @param openingLeft number of licences in force at the start that no other case ends.
     * @throws IllegalStateException if two events contradict each other; the message names them.
     */
    void requireOneLife(final long openingLeft) {
        for (final LicenceEvent event : events.values()) {
            require(event.count() == 1, event, "count=" + event.count(), "count=1: each case has its own reference");
        }
        require(
                "closed",
                events.values().stream().filter(e -> e.kind().isClosing()).count());
        require("ended", ends().count());
        final LicenceEvent received = events.get(LicenceEventKind.RECEIVED);
        closing()
                .ifPresent(closing -> require(
                        received == null || closing.atNs() >= received.atNs(),
                        closing,
                        "at=" + Instants.format(closing.atNs()),
                        "an instant not before RECEIVED"));
        if (openingEndCount() == 0 || openingLeft == 0) {
            ends().forEach(end -> requireEnd(end, openingLeft));
        }
    }

    private void requireEnd(final LicenceEvent end, final long openingLeft) {
        final LicenceEvent issued = events.get(LicenceEventKind.ISSUED);
        require(
                issued != null,
                end,
                "issued=no",
                "an event ISSUED (take it first), or no other event of the case and a licence in force at the start ("
                        + openingLeft + " left)");
        require(end.atNs() > issued.atNs(), end, "at=" + Instants.format(end.atNs()), "an instant after ISSUED");
        require(
                end.kind() == LicenceEventKind.EXPIRED
                        || issued.expiresNs() == Instants.NONE
                        || end.atNs() < issued.expiresNs(),
                end,
                "at=" + Instants.format(end.atNs()),
                "an instant before the expiry set by ISSUED");
    }

    private void require(final String what, final long times) {
        if (times > 1) {
            throw new IllegalStateException("reference="
                    + events.values().iterator().next().reference() + " " + what + "=" + events.keySet()
                    + ", expected one event by which a case is " + what + ": take the other event back first");
        }
    }

    private static void require(
            final boolean holds, final LicenceEvent event, final String found, final String expected) {
        if (!holds) {
            throw new IllegalStateException(
                    event.kind() + " reference=" + event.reference() + " " + found + ", expected " + expected);
        }
    }
}
