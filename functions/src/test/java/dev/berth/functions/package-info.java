/** The handlers end to end: real queues, tables, Lambda runtime client and Docker engine, and nothing in their place. */
package dev.berth.functions;
