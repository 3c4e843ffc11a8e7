import type { Queryable } from '../../database/database.ts';
import type { Store } from '../store/store.ts';

/** Where a product's main picture lies below a storefront's address, e.g. `/images/detailed/1/mug.jpg`. */
export type ImagePath = string;

// CS-Cart's MAX_FILES_IN_DIR: images are spread over folders of this many.
const FILES_PER_FOLDER = 1000;

interface ImageRow {
  readonly productId: number;
  readonly imageId: number;
  readonly detailedId: number;
  readonly imageFile: string | null;
  readonly detailedFile: string | null;
}

/**
 * Reads the main picture of products, by index (object_id, object_type, type), in one query. A variation (4.12 and later)
 * without one of its own has that of the product that it belongs to.
 */
export async function readProductImages(
  database: Queryable,
  store: Store,
  productIds: readonly number[],
): Promise<Map<number, ImagePath>> {
  if (productIds.length === 0) return new Map();
  const links = store.tables('images_links');
  const files = `left join ${store.tables('images')} i on i.image_id = l.image_id
       left join ${store.tables('images')} d on d.image_id = l.detailed_id`;
  const columns = `l.image_id as imageId, l.detailed_id as detailedId,
            i.image_path as imageFile, d.image_path as detailedFile, l.position, l.pair_id as pairId`;
  const own = `select l.object_id as productId, ${columns}, 0 as isInherited
       from ${links} l ${files}
      where l.object_id in (?) and l.object_type = 'product' and l.type = 'M'`;
  const inherited = `select v.product_id as productId, ${columns}, 1 as isInherited
       from ${store.tables('product_variation_group_products')} v
       join ${links} l on l.object_id = v.parent_product_id ${files}
      where v.product_id in (?) and v.parent_product_id <> 0 and l.object_type = 'product' and l.type = 'M'`;
  const { hasVariations } = store;
  const rows = await database.query<ImageRow>(
    `${hasVariations ? `${own} union all ${inherited}` : own} order by isInherited, position, pairId`,
    hasVariations ? [productIds, productIds] : [productIds],
  );
  const paths = new Map<number, ImagePath>();
  for (const row of rows) {
    if (paths.has(row.productId)) continue;
    const path = row.detailedFile
      ? imagePath('detailed', row.detailedId, row.detailedFile)
      : row.imageFile
        ? imagePath('product', row.imageId, row.imageFile)
        : undefined;
    if (path) paths.set(row.productId, path);
  }
  return paths;
}

function imagePath(folder: 'detailed' | 'product', imageId: number, file: string): ImagePath {
  // A file name may hold blanks and letters of any language; the schema wants a valid URI.
  const encoded = file.split('/').map(encodeURIComponent).join('/');
  return `/images/${folder}/${Math.floor(imageId / FILES_PER_FOLDER)}/${encoded}`;
}
