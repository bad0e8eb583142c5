/**
 * Files that commands read and write: {@link io.tollgate.examples.file.NamedOutput} and, in the format of their ending,
 * {@link io.tollgate.examples.file.TableFile}.
 */
package io.tollgate.examples.file;
