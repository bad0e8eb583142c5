/**
 * Images: all that an engine knows of one series as one self-delimiting record, and an engine as a header and the
 * images of its series. An image is logical: it has versions with their knowledge times, and no blocks, numbers or
 * summaries.
 *
 * <pre>
 *   store ─▶ SeriesImageWriter ─▶ bytes ─▶ SeriesImageReader ─▶ SeriesImage ─▶ ImageOperations ─▶ journal
 *                                  ImageFrame: magic, version, length, CRC-32C
 * </pre>
 *
 * <p>The bytes of an image are untrusted. {@code ImageInput} checks each length against the remaining bytes before
 * anything is allocated, and the readers accept only images that can be loaded without another check.
 *
 * <p>Internal. Begin reading at {@code SeriesImageDescriptor}.
 */
package io.tollgate.core.image;
