-- DropIndex
DROP INDEX "Inbox_at_idx";
