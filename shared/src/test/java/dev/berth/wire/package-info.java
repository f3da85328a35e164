/** What is read, what is refused and how that is said, and what is written. */
package dev.berth.wire;
