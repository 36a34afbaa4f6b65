-- AlterTable: how much was said in the room of a sale, and when each of those in line has said something last.
ALTER TABLE "Sale" ADD COLUMN "said" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "Entry" ADD COLUMN "saidAt" BIGINT;
