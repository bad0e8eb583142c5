/** Reading without blocking the writer: copy, then validate; and the gate that closes when the engine does. */
package io.tollgate.core.read;
