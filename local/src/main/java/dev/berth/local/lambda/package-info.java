/**
 * How functions are run: sandboxes with the real Lambda runtime client, and what feeds them, queues and schedules. May import the
 * process and aws rooms, the SQS client and the JSON reader.
 */
@NullMarked
package dev.berth.local.lambda;

import org.jspecify.annotations.NullMarked;
