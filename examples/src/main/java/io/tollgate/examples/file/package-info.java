/** What commands write to the disk, {@link io.tollgate.examples.file.NamedOutput}. */
package io.tollgate.examples.file;
