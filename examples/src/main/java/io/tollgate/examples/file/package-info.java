/** Files that commands write: {@link io.tollgate.examples.file.NamedOutput}. */
package io.tollgate.examples.file;
