package io.tollgate.api;

import io.tollgate.api.admin.EngineAdmin;
import io.tollgate.api.series.Retention;
import io.tollgate.api.series.Series;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.Update;
import io.tollgate.api.watch.WatchSet;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Images of an engine and of its series. The image of a series is a record of bytes with all that the engine knows of
 * it: definition, registered windows, all versions with their knowledge times and references, withdrawals, the end of
 * its life, its links, and the {@linkplain Retention retention horizon}. An engine that loads the image gives the same
 * answers bit for bit, also as known at an earlier time. It accepts and refuses the same points from then on.
 *
 * <pre>{@code
 * byte[] image = engine.images().write(rate);
 * Series moved = other.images().load(image);
 * }</pre>
 *
 * <p>The image of an engine is a header and the images of its series, sorted by key. The header has the clock mode, the
 * engine clock, windows registered by pattern, registered groups and hierarchies, subscriptions, and the state of
 * {@linkplain WatchSet watches}. The state is all that was told: numbers, last values and events. So after the load
 * each update and each event is told as if the first engine had continued. Only {@link Update#seriesNumber} and
 * {@link Update#sequence} are those of the loading engine.
 *
 * <p>Not part of it are the queues and listeners of a running program, with updates that it has not polled: poll them
 * before {@link #writeAll}, and subscribe again after {@link #loadAll}, as after an opening. A watch set needs its
 * panels, which belong to the program: it continues when it is subscribed again under its name. Also not part of it are
 * refused points, statistics, and options of the engine.
 *
 * <p>The same knowledge gives the same bytes, in any engine. Every image has a version and a checksum. A damaged or
 * forged image of a series is refused before it has any effect, and takes at most a few times its own bytes of memory.
 *
 * <p>The links between series that follow one another are keys. A link takes effect as soon as both series are in the
 * engine.
 *
 * <p>The rules for threads are those of {@link Engine}.
 */
public interface EngineImages {
    /**
     * Writes the image of a series. It contains all points that the caller has offered. The engine thread writes it;
     * points wait meanwhile.
     *
     * @param series the series.
     * @return its image, at most 1 GiB.
     * @throws IllegalArgumentException if the series is not a series of this engine.
     * @throws IllegalStateException    if the image would be longer than 1 GiB, or the engine is closed.
     */
    byte[] write(Series series);

    /**
     * Loads the image of a series. The series must not exist, or must not have received a point or an end yet; then its
     * definition must be the one of the image, except for its windows.
     *
     * <p>The operations of the image are logged and applied like offered points, but keep their knowledge times,
     * whatever the clock mode. They advance the engine clock as the mode says: EVENT to their valid times, KNOWLEDGE to
     * their knowledge times. Subscribers receive their updates. A program that steps its engine cannot
     * poll a queue during the call, so it should load before it subscribes.
     *
     * <p>Large images are loaded in parts. Points of other series are applied in between; calls that define or register
     * series wait. Until the call returns, a reader may see the series with some of its points. Offer no point to the
     * series before that. If the call throws, or the process ends, part of the series may be loaded; load the image
     * into another engine then.
     *
     * @param image an image from {@link #write(Series)}.
     * @return the series.
     * @throws IllegalArgumentException if the image is damaged; nothing is loaded.
     * @throws UnsupportedVersionException if another version wrote the image; nothing is loaded.
     * @throws IllegalStateException    if the series exists and is not empty or is defined otherwise, a linked series
     *                                  is of another kind or linked already, a limit is reached, the disk is full, or
     *                                  the engine is closed.
     */
    Series load(byte[] image);

    /**
     * Writes the image of the engine: as of one instant, with all points that the caller has offered. The engine thread
     * writes to the stream, so points wait until the call returns. To avoid the wait, open a
     * {@linkplain EngineAdmin#backup backup} and write its image. The memory needed is twice the largest series, or the
     * header: about 100 bytes for each series that a subscription follows, and 70 for each member of a group.
     *
     * <p>All updates that are due by the engine clock are told before. An image has at most 2^20 members of groups,
     * each counted once for every way up to a node, and 2^16 nodes.
     *
     * @param out the stream; it stays open.
     * @return the number of series.
     * @throws java.io.UncheckedIOException if the stream cannot be written.
     * @throws IllegalStateException if the header or the image of a series would be longer than 1 GiB, the registered
     *                               groups are too large for an image, or the engine is closed.
     */
    long writeAll(OutputStream out);

    /**
     * Loads the image of an engine, series by series, each as by {@link #load(byte[])}. Then the engine clock is at
     * least that of the image, groups are registered, and subscriptions continue. The engine may have other series
     * before; a loaded subscription follows those that match its pattern from the load on. The memory needed is a few
     * times the header and the largest series.
     *
     * <p>Updates that become due before the program subscribes again reach no queue, as after an opening; their numbers
     * are missing in the next queue.
     *
     * @param in the stream, which stays open. Bytes after the image are not read.
     * @return the number of series.
     * @throws IllegalArgumentException if the image is damaged; the series before the damage are loaded.
     * @throws UnsupportedVersionException if another version wrote the image.
     * @throws java.io.UncheckedIOException if the stream cannot be read.
     * @throws IllegalStateException if the image has another clock mode, a subscription of the engine has the name of
     *                               one of the image, a limit is reached, a {@linkplain SeriesCatalog#register
     *                               registration} is refused, a subscription with {@link Subscription#everyNs} would
     *                               read more than 16 million times to catch up with the engine clock, or as for
     *                               {@link #load(byte[])}.
     */
    long loadAll(InputStream in);
}
