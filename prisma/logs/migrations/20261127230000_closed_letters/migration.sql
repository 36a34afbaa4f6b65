-- AlterTable
ALTER TABLE "DeadLetter" ADD COLUMN "discardedAt" BIGINT;
ALTER TABLE "DeadLetter" ADD COLUMN "closedBy" TEXT;
ALTER TABLE "DeadLetter" ADD COLUMN "closedWhy" TEXT;
ALTER TABLE "DeadLetter" ADD COLUMN "editedBody" TEXT;
