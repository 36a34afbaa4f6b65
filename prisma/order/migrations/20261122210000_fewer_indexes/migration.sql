-- DropIndex
DROP INDEX "Inbox_at_idx";

-- DropIndex
DROP INDEX "Order_number_key";
