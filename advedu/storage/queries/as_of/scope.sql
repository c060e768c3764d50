-- The scope once more, as it was put aside: what counted.sql continues from without another walk.
WITH scope AS (SELECT unit_id, kind, sector_id, batch_id AS group_id, starts_on, open, exempted, profile FROM here)
