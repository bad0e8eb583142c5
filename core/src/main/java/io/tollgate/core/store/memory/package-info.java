/**
 * Memory off the heap, and files as values: mapped areas, pages of longs, checksums of files.
 *
 * <p>Internal. Begin reading at {@code MappedArea}. The other packages of the store build on this one.
 */
package io.tollgate.core.store.memory;
